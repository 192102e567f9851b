// Package calendar writes the ends of leases as iCalendar (RFC 5545), for the calendars
// of other programs. Each end is an event of a whole day with a fixed UID, so a calendar
// that reads a second file changes what it has, and adds nothing twice. Values come in
// and bytes go out; only what was told is remembered, in the Memo.
package calendar

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"io"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"rentbell/core"
)

// Memo is where what calendars were told is kept.
type Memo interface {
	Calendar() (core.CalendarMemo, error)
	SaveCalendar(core.CalendarMemo) error
}

const (
	keptDays   = 30      // ends that are longer ago are left out
	alarm      = "-P60D" // before the day on which the lease ends
	product    = "-//Rentbell//Lease ends//EN"
	lastYear   = 9999 // RFC 5545 has four digits for it, and DTEND is a day later
	emptyLines = "BEGIN:VCALENDAR\r\nPRODID:" + product + "\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
)

// Write writes the ends of the 30 days before today and later, in the order in which they
// are given, and remembers that it told them. An end that is gone is written once more, as
// cancelled; so is one that was told and is now longer ago, with its new day.
// Only one call may go on at a time.
func Write(w io.Writer, memo Memo, ends []core.LeaseEnd, today core.Date) error {
	was, err := memo.Calendar()
	if err != nil {
		return fmt.Errorf("read what calendars were told: %w", err)
	}
	now := core.CalendarMemo{Installation: was.Installation, Told: map[string]core.ToldEnd{}}
	if now.Installation == "" {
		now.Installation = strings.ToLower(rand.Text())
	}
	calendar := ical.NewCalendar()
	calendar.Props.SetText(ical.PropProductID, product)
	calendar.Props.SetText(ical.PropVersion, "2.0")
	for _, end := range ends {
		before, told := was.Told[end.Lease]
		tell := next(before, told, end)
		old := end.Ends.Before(today.AddDays(-keptDays))
		if end.Ends.Year >= lastYear || old && (!told || tell == before) {
			continue
		}
		now.Told[end.Lease] = tell
		if !end.Gone || !before.Cancelled {
			calendar.Children = append(calendar.Children, event(end, tell, now.Installation).Component)
		}
	}
	if err := encode(w, calendar); err != nil {
		return fmt.Errorf("write the calendar: %w", err)
	}
	if was.Installation == now.Installation && maps.Equal(was.Told, now.Told) {
		return nil
	}
	if err := memo.SaveCalendar(now); err != nil {
		return fmt.Errorf("remember what calendars were told: %w", err)
	}
	return nil
}

// next is what is told of an end after before. A sequence never goes back, also where
// the events that it counted have been deleted.
func next(before core.ToldEnd, told bool, end core.LeaseEnd) core.ToldEnd {
	tell := core.ToldEnd{Sequence: end.Changes, Ends: end.Ends, Cancelled: end.Gone}
	if told && tell.Sequence <= before.Sequence {
		tell.Sequence = before.Sequence
		if tell != before {
			tell.Sequence++
		}
	}
	return tell
}

// event is the end of a lease. Its DTSTAMP is when that was told, so that the same ends
// make the same file.
func event(end core.LeaseEnd, tell core.ToldEnd, installation string) *ical.Event {
	e := ical.NewEvent()
	e.Props.SetText(ical.PropUID, uid(end.Lease, installation))
	e.Props.SetDateTime(ical.PropDateTimeStamp, end.Changed.UTC())
	e.Props.SetDate(ical.PropDateTimeStart, end.Ends.In(time.UTC))
	e.Props.SetDate(ical.PropDateTimeEnd, end.Ends.AddDays(1).In(time.UTC))
	sequence := ical.NewProp(ical.PropSequence)
	sequence.Value = strconv.Itoa(tell.Sequence)
	e.Props.Set(sequence)
	title := summary(end)
	e.Props.SetText(ical.PropSummary, title)
	e.Props.SetText(ical.PropDescription, "Lease "+core.OneLine(end.Lease))
	e.Props.SetText(ical.PropTransparency, "TRANSPARENT") // nobody is busy because of it
	if place := where(end); place != "" {
		e.Props.SetText(ical.PropLocation, place)
	}
	if end.Gone {
		e.SetStatus(ical.EventCancelled)
		return e
	}
	e.SetStatus(ical.EventConfirmed)
	e.Children = append(e.Children, reminder(title))
	return e
}

func reminder(title string) *ical.Component {
	c := ical.NewComponent(ical.CompAlarm)
	c.Props.SetText(ical.PropAction, "DISPLAY")
	c.Props.SetText(ical.PropDescription, title)
	trigger := ical.NewProp(ical.PropTrigger)
	trigger.Value = alarm // in days, which differ in hours from time zone to time zone
	c.Props.Set(trigger)
	return c
}

// uid stays the same for as long as there are the lease and the installation.
func uid(lease, installation string) string {
	id := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(lease))
	return "lease-" + strings.ToLower(id) + "-end@" + installation + ".rentbell"
}

func summary(end core.LeaseEnd) string {
	who := core.OneLine(end.Tenant)
	if who == "" {
		who = "lease " + core.OneLine(end.Lease)
	}
	if place := where(end); place != "" {
		who += ", " + place
	}
	return "Lease ends: " + who
}

func where(end core.LeaseEnd) string { return core.OneLine(end.Property + " " + end.Unit) }

// encode writes a calendar, folded. go-ical neither folds lines nor writes a calendar
// without events, which RFC 5545 has no place for and programs read all the same.
func encode(w io.Writer, calendar *ical.Calendar) error {
	if len(calendar.Children) == 0 {
		_, err := io.WriteString(w, emptyLines)
		return err
	}
	var lines bytes.Buffer
	if err := ical.NewEncoder(&lines).Encode(calendar); err != nil {
		return err
	}
	_, err := w.Write(fold(lines.Bytes()))
	return err
}
