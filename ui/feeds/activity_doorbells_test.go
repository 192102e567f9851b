package feeds

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/attention"
	"rentbell/ui/uitest"
)

// rung is a doorbell, and told what Rentbell found at one.
func rung(seq uint64, day, hour int, topic, id string) core.Event {
	at := uitest.Day(day, hour, 0)
	return core.Event{Seq: seq, Type: topic, OccurredAt: at, ReceivedAt: at, Detail: core.Doorbell{Topic: topic, Entity: id, Change: "update"}}
}

func told(seq uint64, day, hour int, id, title string) core.Event {
	at := uitest.Day(day, hour, 0)
	return core.Event{Seq: seq, Type: core.TypeWorkOrderUpdated, OccurredAt: at, ReceivedAt: at, Detail: core.WorkOrder{ID: id, Title: title, Status: "New"}}
}

// spaceDay is what came to a Developer Space on two days, newest first.
var spaceDay = []core.Event{
	rung(8, 18, 11, "charges", "b09c"), told(7, 18, 10, "eb38", "Bathtub drains slowly"), rung(6, 18, 10, "work_orders", "eb38"),
	told(5, 18, 9, "5b6f", "Repaint"), rung(4, 18, 9, "work_orders", "5b6f"), rung(3, 17, 16, "tenants", "97ed"),
	told(2, 17, 15, "a539", "Closet door"), rung(1, 17, 15, "work_orders", "a539"),
}

// lines are rows as they would be read aloud.
func (r activityRows) lines() (lines []string) {
	for _, l := range r {
		switch {
		case l.heading != "":
			lines = append(lines, l.heading)
		case l.doorbells != nil:
			lines = append(lines, fmt.Sprintf("%d folded", len(l.doorbells.topics)))
		case l.about != "":
			lines = append(lines, l.about)
		default:
			lines = append(lines, fmt.Sprint(l.event.Seq))
		}
	}
	return lines
}

func TestDoorbellsOfADayAreOneLine(t *testing.T) {
	yesterday := map[core.Date]bool{uitest.On(2026, 6, 17): true}
	tests := []struct {
		name     string
		unfolded map[core.Date]bool
		want     []string
	}{
		{"folded", nil, []string{"Today", "3 folded", "7", "5", "Yesterday", "2 folded", "2"}},
		{"unfolded", yesterday, []string{"Today", "3 folded", "7", "5", "Yesterday", "2 folded", "AppFolio's number 97ed", "2", "Closet door"}},
	}
	for _, tt := range tests {
		var rows activityRows
		rows.fill(activityPage{events: spaceDay, more: true}, tt.unfolded, present)
		if got := rows.lines(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if today, last := rows[1].doorbells, rows[slices.Index(tt.want, "2 folded")].doorbells; today.more || !last.more {
			t.Errorf("%s: the last day's doorbells alone may be more than were read", tt.name)
		}
	}
}

func TestADoorbellsPaneNamesWhatChanged(t *testing.T) {
	d := open(t, uitest.OpenStore(t, t.TempDir()))
	d.do.Open(Activity)
	d.activity.show(activityPage{events: spaceDay})
	pane := func(e core.Event) string {
		d.activity.showDetail(e, d.paneActions())
		return strings.Join(uitest.Texts(d.window.Content()), "\n")
	}
	if got := pane(spaceDay[2]); !strings.Contains(got, "Content\nBathtub drains slowly") || strings.Contains(got, "eb38") {
		t.Errorf("the pane of a doorbell for a known work order says %q", got)
	}
	if got := pane(spaceDay[0]); strings.Contains(got, "Content") || strings.Contains(got, "b09c") {
		t.Errorf("the pane of a doorbell for what nothing names says %q", got)
	}
}

// crowded is a reader with a fact after every so many doorbells.
type crowded struct {
	core.Reader
	every, most int
}

func (c crowded) Page(_ core.Feed, offset, limit int) (events []core.Event, err error) {
	for i := offset; i < min(offset+limit, c.most); i++ {
		if i%c.every == 0 {
			events = append(events, told(uint64(c.most-i), 18, 9, "1", ""))
		} else {
			events = append(events, rung(uint64(c.most-i), 18, 9, "charges", ""))
		}
	}
	return events, nil
}

func TestWhatHappenedIsReadFromBetweenDoorbells(t *testing.T) {
	tests := []struct{ every, most, read int }{
		{1, 1000, 200}, {4, 1000, 800}, {4, 700, 700}, {1000, 10000, mostBlocks * activityBlock},
	}
	for _, tt := range tests {
		events, more, err := readActivity(context.Background(), crowded{every: tt.every, most: tt.most}, core.FeedActivity, activityBlock)
		if err != nil || len(events) != tt.read || more != (tt.read < tt.most) {
			t.Errorf("one in %d of %d: %d were read, more %v, %v; want %d", tt.every, tt.most, len(events), more, err, tt.read)
		}
	}
}

func TestOnlyDoorbellsOfADayFold(t *testing.T) {
	v := newActivityView(func() time.Time { return present }, attention.New(nil, attention.Actions{}), nil)
	v.show(activityPage{events: spaceDay})
	if _, folds := v.list.Folded(0); folds {
		t.Error("the heading of a day folds")
	}
	if folded, folds := v.list.Folded(1); !folds || !folded {
		t.Error("the doorbells of a day are not folded")
	}
	folded := len(v.rows)
	v.list.OnGroup(1)
	if got := len(v.rows) - folded; got != 3 {
		t.Errorf("pressed, %d doorbells are shown, want 3", got)
	}
	v.list.OnGroup(1)
	if len(v.rows) != folded {
		t.Error("pressed again, they are still shown")
	}
}

func TestKeysStayOnADaysDoorbells(t *testing.T) {
	v := newActivityView(func() time.Time { return present }, attention.New(nil, attention.Actions{}), nil)
	v.show(activityPage{events: spaceDay[1:], more: true})
	press := func(name fyne.KeyName) { v.list.TypedKey(&fyne.KeyEvent{Name: name}) }
	press(fyne.KeyDown) // an event
	press(fyne.KeyDown)
	press(fyne.KeyRight)
	if got := v.rows.lines()[:5]; !slices.Equal(got, []string{"Today", "7", "2 folded", "Bathtub drains slowly", "5"}) {
		t.Fatalf("Right on the doorbells shows %q", got)
	}
	v.show(activityPage{events: append(spaceDay[:8:8], rung(0, 17, 14, "tenants", "97ed"))}) // one more rings, and older ones are read
	press(fyne.KeyLeft)
	if got := v.rows.lines(); !slices.Equal(got, []string{"Today", "3 folded", "7", "5", "Yesterday", "3 folded", "2"}) {
		t.Errorf("Left, after another has rung, shows %q", got)
	}
	press(fyne.KeyEnd)
	press(fyne.KeyUp)
	press(fyne.KeySpace)
	if got := len(v.rows); got != 10 {
		t.Errorf("Space on yesterday's doorbells leaves %q", v.rows.lines())
	}
}
