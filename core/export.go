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
	From, To Date           // both inclusive; with AfterSeq both may be zero: whatever their date
	Location *time.Location // whose days they are; nil: the computer's
	Format   Format
	AfterSeq uint64 // only payments stored after this event; 0: all
	ToSeq    uint64 // only payments stored up to this event; 0: all
	Importer bool   // leave out what the format's importer refuses: amounts of zero, for QuickBooks
}

// checked returns a query that can be run.
func (q ExportQuery) checked() (ExportQuery, error) {
	if _, err := ParseFormat(string(q.Format)); err != nil {
		return q, err
	}
	always := q.AfterSeq > 0 && q.From.IsZero() && q.To.IsZero()
	if !always && (q.From.IsZero() || q.To.IsZero() || q.To.Before(q.From)) {
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
	Zeros   int   // payments of zero that the importer refuses; they are in no file

	// Of ExportFiles alone.
	Files    int
	From, To Date // the days it looked at; of a query by AfterSeq, those that had payments
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
	var found survey
	if progress != nil || q.AfterSeq > 0 {
		if q, found, err = q.survey(ctx, r); err != nil {
			return Exported{}, fmt.Errorf("count payments: %w", err)
		}
	}
	file, err := q.begin(w)
	if err != nil {
		return Exported{}, fmt.Errorf("export payments: %w", err)
	}
	return q.writeTo(ctx, r, file, newMeter(found.count, progress))
}

// rowWriter is where rows go.
type rowWriter interface {
	write(*exportRow) error
	flush() error // after the last row
}

// writeTo writes the rows of a query that was surveyed.
func (q ExportQuery) writeTo(ctx context.Context, r Reader, out rowWriter, m *meter) (Exported, error) {
	var done Exported
	left, err := q.each(ctx, r, func(row *exportRow) error {
		done.Rows++
		done.Total = done.Total.Plus(row.Amount)
		m.show(done.Rows)
		return out.write(row)
	})
	if err == nil {
		err = out.flush()
	}
	if err != nil {
		return Exported{}, fmt.Errorf("export payments: %w", err)
	}
	m.end(done.Rows)
	done.LeftOut, done.Zeros = left.unusable, left.zeros
	return done, nil
}

// window returns moments that lie around the period in every time zone: none
// is a day away from UTC.
func (q ExportQuery) window() (from, to time.Time) {
	return q.From.AddDays(-1).In(time.UTC), q.To.AddDays(2).In(time.UTC)
}

func (q ExportQuery) holds(day Date) bool { return !day.Before(q.From) && !q.To.Before(day) }

// sees reports whether an event was stored when q asks for.
func (q ExportQuery) sees(seq uint64) bool {
	return (q.AfterSeq == 0 || seq > q.AfterSeq) && (q.ToSeq == 0 || seq <= q.ToSeq)
}

// refuses reports whether the importer would refuse the whole file for such an amount.
func (q ExportQuery) refuses(amount Cents) bool {
	return q.Importer && q.Format == FormatQuickBooks && amount == 0
}

// exportRow is a payment on its way into a file.
type exportRow struct {
	*Skimmed
	at localTime // stands on the day it happened
}

// leftOut counts the payments of a query that are no rows.
type leftOut struct {
	unusable int // the amount was
	zeros    int // the importer refuses them
}

// each calls fn for every payment of the query and counts those left out for
// their amount. It asks for too much and looks at each payment's own day,
// because a day has no certain first moment: where clocks change at midnight,
// midnight is missing or comes twice.
func (q ExportQuery) each(ctx context.Context, r Reader, fn func(*exportRow) error) (left leftOut, err error) {
	if q.From.IsZero() {
		return left, nil // the survey found none
	}
	row, inside := &exportRow{at: localTime{loc: q.Location}}, false
	from, to := q.window()
	err = r.Skim(ctx, Query{From: from, To: to, Whole: layout(q.Format).arrival}, func(payments []Skimmed) error {
		for i := range payments {
			p := &payments[i]
			if !q.sees(p.Seq) {
				continue
			}
			if row.at.move(p.At) {
				inside = q.holds(row.at.day)
			}
			if !inside || !left.keeps(q, &p.Payment) {
				continue
			}
			row.Skimmed = p
			if err := fn(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = ctx.Err()
	}
	return left, err
}

// keeps reports whether a payment of the query is a row, and else counts it.
func (l *leftOut) keeps(q ExportQuery, p *Payment) bool {
	switch {
	case !p.AmountKnown:
		l.unusable++
	case q.refuses(p.Amount):
		l.zeros++
	default:
		return true
	}
	return false
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
	_, err := f.w.Write(f.sheet.head())
	return f, err
}

func (f *exportFile) write(row *exportRow) error {
	f.sheet.cells(&f.line, row)
	_, err := f.w.Write(f.line.end())
	return err
}

func (f *exportFile) flush() error { return f.w.Flush() }

// meter reports the progress of an export.
type meter struct {
	report func(done, total int)
	total  int
}

// meterStep is how many rows lie between two reports.
const meterStep = 512

func newMeter(total int, report func(done, total int)) *meter {
	if report == nil {
		report = func(int, int) {}
	}
	return &meter{report, total}
}

func (m *meter) show(done int) {
	if done%meterStep == 0 {
		m.report(done, max(done, m.total)) // more payments may have come in since
	}
}

func (m *meter) end(rows int) { m.report(rows, rows) }
