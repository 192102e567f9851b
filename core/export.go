package core

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Format is a layout of the accountant's file, by the name it has on the
// command line.
type Format string

// The formats of an export.
const (
	FormatQuickBooks Format = "quickbooks" // QuickBooks Online: date, description, amount
	FormatXero       Format = "xero"       // Xero's statement template
	FormatFull       Format = "full"       // every field Rentbell keeps, for a person
)

// Errors of an export.
var (
	// ErrFormat: there is no format of that name.
	ErrFormat = errors.New("format is none of quickbooks, xero and full")
	// ErrPeriod: a day of the period is missing, or it ends before it starts.
	ErrPeriod = errors.New("period has no days")
)

// ParseFormat reads a format's name; else the error is ErrFormat.
func ParseFormat(name string) (Format, error) {
	if layout(Format(name)) == nil {
		return "", fmt.Errorf("%w: %q", ErrFormat, name)
	}
	return Format(name), nil
}

// ExportQuery says which payments a file holds and how it is laid out.
type ExportQuery struct {
	From, To Date           // both inclusive
	Location *time.Location // whose days they are; nil: the computer's
	Format   Format
}

// checked returns a query that can be run.
func (q ExportQuery) checked() (ExportQuery, error) {
	if _, err := ParseFormat(string(q.Format)); err != nil {
		return q, err
	}
	if q.From.IsZero() || q.To.IsZero() || q.To.Before(q.From) {
		return q, fmt.Errorf("%w: from %q to %q", ErrPeriod, q.From, q.To)
	}
	if q.Location == nil {
		q.Location = time.Local
	}
	return q, nil
}

// Exported is what an export has written.
type Exported struct {
	Rows    int
	LeftOut int   // payments of the period without a usable amount
	Total   Cents // of all rows
}

// exportBuffer is large enough that a file is written in few system calls.
const exportBuffer = 64 << 10

// Export writes the payments of q as CSV, oldest first. It streams: memory does
// not grow with the number of rows. Unless progress is nil, it is called every
// few hundred rows and at the end, with the rows written so far and those
// expected. After an error w holds part of a file.
func Export(ctx context.Context, w io.Writer, r Reader, q ExportQuery, progress func(done, total int)) (Exported, error) {
	q, err := q.checked()
	if err != nil {
		return Exported{}, err
	}
	meter, err := q.meter(r, progress)
	if err != nil {
		return Exported{}, fmt.Errorf("count payments: %w", err)
	}
	file, err := q.begin(w)
	if err != nil {
		return Exported{}, fmt.Errorf("export payments: %w", err)
	}
	var done Exported
	done.LeftOut, err = q.each(ctx, r, func(row *exportRow) error {
		done.Rows++
		done.Total = done.Total.Plus(row.Amount)
		meter.show(done.Rows)
		return file.write(row)
	})
	if err == nil {
		err = file.w.Flush()
	}
	if err != nil {
		return Exported{}, fmt.Errorf("export payments: %w", err)
	}
	meter.end(done.Rows)
	return done, nil
}

// window returns moments that lie around the period in every time zone: none
// is a day away from UTC.
func (q ExportQuery) window() (from, to time.Time) {
	return q.From.AddDays(-1).In(time.UTC), q.To.AddDays(2).In(time.UTC)
}

func (q ExportQuery) holds(day Date) bool { return !day.Before(q.From) && !q.To.Before(day) }

// exportRow is a payment on its way into a file.
type exportRow struct {
	Payment
	event Event
	at    localTime // stands on the day it happened
}

// each calls fn for every payment of the period and counts those left out for
// their amount. It asks for too much and looks at each payment's own day,
// because a day has no certain first moment: where clocks change at midnight,
// midnight is missing or comes twice.
func (q ExportQuery) each(ctx context.Context, r Reader, fn func(*exportRow) error) (leftOut int, err error) {
	row, inside := &exportRow{at: localTime{loc: q.Location}}, false
	from, to := q.window()
	err = r.Each(ctx, Query{Payments: true, From: from, To: to}, func(e Event) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if row.at.move(e.OccurredAt) {
			inside = q.holds(row.at.day)
		}
		if !inside {
			return nil
		}
		p, isPayment := e.Detail.(Payment)
		if !isPayment || !p.AmountKnown {
			leftOut++
			return nil
		}
		row.Payment, row.event = p, e
		return fn(row)
	})
	if err == nil {
		err = ctx.Err()
	}
	return leftOut, err
}

// sum counts and adds up the rows of the period without reading them.
func (q ExportQuery) sum(r Reader) (count int, amount Cents, err error) {
	from, to := q.window()
	totals, err := r.Totals(from, to)
	for _, t := range totals {
		if q.holds(DateOf(t.Start.In(q.Location))) {
			count += t.Count
			amount = amount.Plus(t.Amount)
		}
	}
	return count, amount, err
}

// exportFile writes rows to a file.
type exportFile struct {
	w     *bufio.Writer
	sheet *sheet
	line  csvLine
}

// begin starts a file with its header.
func (q ExportQuery) begin(w io.Writer) (*exportFile, error) {
	f := &exportFile{w: bufio.NewWriterSize(w, exportBuffer), sheet: layout(q.Format)}
	for _, name := range f.sheet.header {
		f.line.plain(name)
	}
	if _, err := f.w.WriteString(f.sheet.start); err != nil {
		return nil, err
	}
	_, err := f.w.Write(f.line.end())
	return f, err
}

func (f *exportFile) write(row *exportRow) error {
	f.sheet.cells(&f.line, row)
	_, err := f.w.Write(f.line.end())
	return err
}

// meter reports the progress of an export.
type meter struct {
	report func(done, total int)
	total  int
}

// meterStep is how many rows lie between two reports.
const meterStep = 512

func (q ExportQuery) meter(r Reader, report func(done, total int)) (*meter, error) {
	m := &meter{report: report}
	if report == nil {
		m.report = func(int, int) {}
		return m, nil
	}
	var err error
	m.total, _, err = q.sum(r)
	return m, err
}

func (m *meter) show(done int) {
	if done%meterStep == 0 {
		m.report(done, max(done, m.total)) // more payments may have come in since
	}
}

func (m *meter) end(rows int) { m.report(rows, rows) }
