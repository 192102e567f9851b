package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"rentbell/core"
)

// line returns one event as a line for the terminal, with times in loc.
func line(e core.Event, loc *time.Location) string {
	parts := []string{e.OccurredAt.In(loc).Format("2006-01-02 15:04:05"), fmt.Sprintf("%-18s", e.Type)}
	switch d := e.Detail.(type) {
	case core.Payment:
		if d.AmountKnown {
			parts = append(parts, fmt.Sprintf("%10s", d.Amount.Decimal()))
		}
		parts = append(parts, about(d.Place, "lease "+d.Lease), core.OneLine(d.Method))
	case core.WorkOrder:
		parts = append(parts, "#"+d.Called(), core.OneLine(d.Status), joined(d.Title, about(d.Place, "")))
	case core.LeaseSigned:
		parts = append(parts, about(d.Place, "lease "+d.Lease), "from "+d.MoveIn.String())
	case core.LeaseExpired:
		parts = append(parts, about(d.Place, "lease "+d.Lease), "until "+d.Vacate.String())
	case core.Move:
		parts = append(parts, about(d.Place, "tenant "+d.ID), d.On.String())
	case core.Tenant:
		parts = append(parts, about(d.Place, core.OneLine(d.Email)))
	}
	if !e.Attention.IsZero() {
		parts = append(parts, fmt.Sprintf("! needs attention: %s %s", e.Attention.Field, e.Attention.Reason))
	}
	parts = slices.DeleteFunc(append(parts, "["+e.ID+"]"), func(part string) bool { return part == "" })
	return inert(strings.Join(parts, "  "))
}

// findingLine returns what was found as a line for the terminal.
func findingLine(f core.Found) string {
	var what string
	switch f.Kind {
	case core.FindLate:
		what = fmt.Sprintf("rent of %s is late: nothing of %s has come", f.Month, f.Expected.Decimal())
	case core.FindPartial:
		what = fmt.Sprintf("rent of %s came in part: %s of %s", f.Month, f.Received.Decimal(), f.Expected.Decimal())
	case core.FindReturned:
		what = fmt.Sprintf("payment of %s was returned: %s", f.Month, f.Amount.Decimal())
	case core.FindRefund:
		what = "money went back: " + f.Amount.Decimal()
	case core.FindTwice:
		what = fmt.Sprintf("paid twice? %s came again in %s", f.Amount.Decimal(), f.Month)
	case core.FindNotice:
		what = fmt.Sprintf("%s came although notice was served", f.Amount.Decimal())
	case core.FindNoVendor:
		what = fmt.Sprintf("no vendor for %d hours", f.Hours)
	case core.FindUntouched:
		what = fmt.Sprintf("nobody has touched it for %d days", f.Days)
	case core.FindLeaseEnds:
		what = fmt.Sprintf("lease ends on %s, unsigned", f.Ends)
	}
	parts := []string{fmt.Sprintf("! %-10s", f.Kind), what, joined(f.Title, about(f.Place, "lease "+f.Lease))}
	if f.WorkOrder != "" {
		parts[2] = joined("#"+cmp.Or(f.Number, f.WorkOrder), f.Title, about(f.Place, ""))
	}
	return inert(strings.Join(parts, "  "))
}

// about returns the names of the people and the place, or otherwise where
// AppFolio did not send any.
func about(p core.Place, otherwise string) string {
	return cmp.Or(joined(p.Tenant, core.OneLine(p.Property)+" "+core.OneLine(p.Unit)), otherwise)
}

// joined puts the parts that hold readable text into one line.
func joined(parts ...string) string {
	var read []string
	for _, part := range parts {
		if part = core.OneLine(part); part != "" {
			read = append(read, part)
		}
	}
	return strings.Join(read, ", ")
}

// inert removes from text what could harm a terminal: control characters, and
// characters that change the direction of text.
func inert(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return '\uFFFD'
		}
		return r
	}, s)
}
