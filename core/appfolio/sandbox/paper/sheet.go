package paper

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

// report is one of AppFolio's before it is written down.
type report struct {
	title   string
	about   string // the day or the days that it is about, in AppFolio's words
	columns []string
	groups  []group
	summed  bool // sums stand below each group and at the end
}

// group is what a report has of a property. A cell is a text, a core.Cents or a
// core.Date.
type group struct {
	property string
	rows     [][]any
}

// byProperty makes groups of the properties of the portfolio, in its order.
func (b *books) byProperty() (groups []group) {
	for _, l := range b.lettings {
		if n := len(groups); n == 0 || groups[n-1].property != l.Property {
			groups = append(groups, group{property: l.Property})
		}
	}
	return groups
}

// add puts a row below its property.
func (r *report) add(property string, row ...any) {
	for i := range r.groups {
		if r.groups[i].property == property {
			r.groups[i].rows = append(r.groups[i].rows, row)
		}
	}
}

// csv writes a report down as AppFolio does: lines about it, the titles, and for each
// property a line, its rows and their sums.
func (r *report) csv(now time.Time) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	write := func(cells ...string) { _ = w.Write(cells) } // a buffer takes everything
	write(r.title)
	write("Exported On: " + now.Format("01/02/2006 03:04 PM"))
	write("Properties: All")
	write(r.about)
	write(r.columns...)
	all := make([]any, len(r.columns))
	for i, g := range r.groups {
		if len(g.rows) == 0 {
			continue
		}
		write(r.line("-> " + g.property + " - " + address(i, g.property))...)
		sums := make([]any, len(r.columns))
		for _, row := range g.rows {
			write(r.cells(row)...)
			add(sums, row)
		}
		if r.summed {
			write(r.total("Total for "+g.property, sums)...)
		}
		add(all, sums)
	}
	if r.summed {
		write(r.total("Total", all)...)
	}
	w.Flush()
	return out.Bytes()
}

// line is a row with a text and nothing else.
func (r *report) line(text string) []string {
	row := make([]string, len(r.columns))
	row[0] = text
	return row
}

func (r *report) total(text string, sums []any) []string {
	row := r.cells(sums)
	row[0] = text
	return row
}

func (r *report) cells(row []any) []string {
	texts := make([]string, len(row))
	for i, cell := range row {
		switch cell := cell.(type) {
		case core.Cents:
			texts[i] = dollars(cell)
		case core.Date:
			texts[i] = day(cell)
		case string:
			texts[i] = cell
		}
	}
	return texts
}

// add sums up the amounts of a row.
func add(sums, row []any) {
	for i, cell := range row {
		if amount, is := cell.(core.Cents); is {
			sum, _ := sums[i].(core.Cents)
			sums[i] = sum + amount
		}
	}
}

// dollars is an amount in AppFolio's spelling: 1,450.00, and below zero (500.00).
func dollars(c core.Cents) string {
	if c < 0 {
		return "(" + dollars(-c) + ")"
	}
	text := c.Decimal()
	for i := len(text) - len("000.00"); i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func day(d core.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Month, d.Day, d.Year)
}

// address is where a property stands; some are named for it.
func address(i int, property string) string {
	street := property
	if property[0] > '9' {
		word, _, _ := strings.Cut(property, " ")
		street = fmt.Sprintf("%d %s St", 12+34*i, word)
	}
	return street + ", Millbrook, OH 43999"
}

// payer is a name as the income register spells it.
func payer(t *story.Tenancy) string {
	first, last := t.Person()
	return last + ", " + first
}

// tenant is a name as the other reports spell it.
func tenant(t *story.Tenancy) string {
	first, last := t.Person()
	return first + " " + last
}
