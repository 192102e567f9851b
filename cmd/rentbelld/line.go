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
