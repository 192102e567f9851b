// Package export writes what an accountant gets: payments of a period, in the
// layout of an importer, in as many files as it takes. Rows are streamed, so memory
// does not grow with them; amounts never pass through a float; and cells with text
// from outside never run in a spreadsheet. Files appear whole or not at all.
package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"time"

	"rentbell/core"
)

// ParseFormat reads a format's name; else the error is ErrFormat.
func ParseFormat(name string) (core.Format, error) {
	if layout(core.Format(name)) == nil {
		return "", fmt.Errorf("%w: %q", core.ErrFormat, name)
	}
	return core.Format(name), nil
}

// Query says which payments a file holds and how it is laid out.
type Query struct {
	From, To core.Date      // both inclusive; with AfterSeq both may be zero: whatever their date
	Location *time.Location // whose days they are; nil: the computer's
	Format   core.Format
	AfterSeq uint64 // only payments stored after this event; 0: all
	ToSeq    uint64 // only payments stored up to this event; 0: all
}

// checked returns a query that can be run.
func (q Query) checked() (Query, error) {
	if _, err := ParseFormat(string(q.Format)); err != nil {
		return q, err
	}
	if !q.always() && (q.From.IsZero() || q.To.IsZero() || q.To.Before(q.From)) {
		return q, fmt.Errorf("%w: from %q to %q", core.ErrPeriod, q.From, q.To)
	}
	if q.Location == nil {
		q.Location = time.Local
	}
	return q, nil
}

// always reports whether payments of every date are asked for.
func (q Query) always() bool { return q.AfterSeq > 0 && q.From.IsZero() && q.To.IsZero() }

// Written is what an export has written.
type Written struct {
	Rows    int
	LeftOut int        // payments of the period without a usable amount
	Zeros   int        // payments of zero that the importer refuses; they are in no file
	Total   core.Cents // of all rows
	Bytes   int        // of all files
}

// Exceeds reports whether all of it in one file is more than the format's importer
// takes.
func (w Written) Exceeds(f core.Format) bool {
	limits := limitsOf(f)
	return limits.rows > 0 && w.Rows > limits.rows || limits.bytes > 0 && w.Bytes > limits.bytes
}

// Payments is what an export reads: a Reader of this process, or of the one
// that holds the store.
type Payments interface {
	Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error
}

// exportBuffer is large enough that a file is written in few system calls.
const exportBuffer = 64 << 10

// Export writes the payments of q as CSV, oldest first. It streams: memory does
// not grow with the number of rows. After an error w holds part of a file.
func Export(ctx context.Context, w io.Writer, r Payments, q Query) (Written, error) {
	q, err := q.checked()
	if err != nil {
		return Written{}, err
	}
	file, err := q.begin(w)
	if err != nil {
		return Written{}, fmt.Errorf("export payments: %w", err)
	}
	return q.writeTo(ctx, r, file, meter{})
}

// rowWriter is where rows go.
type rowWriter interface {
	write(*exportRow) error
	flush() error // after the last row
	size() int    // in bytes, of all so far
}

// writeTo writes the rows of a checked query.
func (q Query) writeTo(ctx context.Context, r Payments, out rowWriter, m meter) (Written, error) {
	var done Written
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
		return Written{}, fmt.Errorf("export payments: %w", err)
	}
	m.end(done.Rows)
	done.LeftOut, done.Zeros, done.Bytes = left.unusable, left.zeros, out.size()
	return done, nil
}

// window returns moments that lie around the period in every time zone: none
// is a day away from UTC. For whatever date they are zero, which leaves a Query
// open.
func (q Query) window() (from, to time.Time) {
	if q.always() {
		return time.Time{}, time.Time{}
	}
	return q.From.AddDays(-1).In(time.UTC), q.To.AddDays(2).In(time.UTC)
}

func (q Query) holds(day core.Date) bool {
	return q.always() || !day.Before(q.From) && !q.To.Before(day)
}

// sees reports whether an event was stored when q asks for.
func (q Query) sees(seq uint64) bool {
	return (q.AfterSeq == 0 || seq > q.AfterSeq) && (q.ToSeq == 0 || seq <= q.ToSeq)
}

// seesNothing reports whether no event can lie between AfterSeq and ToSeq.
func (q Query) seesNothing() bool { return q.ToSeq > 0 && q.ToSeq <= q.AfterSeq }

// refuses reports whether the format's importer would refuse the whole file for such
// an amount: QuickBooks takes none of zero.
func (q Query) refuses(amount core.Cents) bool {
	return q.Format == core.FormatQuickBooks && amount == 0
}

// exportRow is a payment on its way into a file.
type exportRow struct {
	*core.Skimmed
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
func (q Query) each(ctx context.Context, r Payments, fn func(*exportRow) error) (left leftOut, err error) {
	if q.seesNothing() {
		return left, nil
	}
	row, inside := &exportRow{at: localTime{loc: q.Location}}, false
	from, to := q.window()
	err = r.Skim(ctx, core.Query{From: from, To: to, Whole: layout(q.Format).arrival}, func(payments []core.Skimmed) error {
		for i := range payments {
			p := &payments[i]
			if !q.sees(p.Seq) {
				continue
			}
			if row.at.move(p.At) {
				inside = q.holds(row.at.day)
			}
			switch {
			case !inside:
				continue
			case !p.AmountKnown:
				left.unusable++
				continue
			case q.refuses(p.Amount):
				left.zeros++
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

// exportFile writes rows to a file.
type exportFile struct {
	w     *bufio.Writer
	sheet *sheet
	line  csvLine
	bytes int
}

// begin starts a file with its header.
func (q Query) begin(w io.Writer) (*exportFile, error) {
	f := &exportFile{w: bufio.NewWriterSize(w, exportBuffer), sheet: layout(q.Format)}
	var err error
	f.bytes, err = f.w.Write(f.sheet.head())
	return f, err
}

func (f *exportFile) write(row *exportRow) error {
	n, err := f.w.Write(f.sheet.line(&f.line, row))
	f.bytes += n
	return err
}

func (f *exportFile) flush() error { return f.w.Flush() }

func (f *exportFile) size() int { return f.bytes }

// meter reports the progress of an export. The zero meter keeps quiet.
type meter struct {
	report func(done, total int)
	total  int // that are expected
}

// meterStep is how many rows lie between two reports.
const meterStep = 512

func (m meter) show(done int) {
	if m.report != nil && done%meterStep == 0 {
		m.report(done, max(done, m.total)) // more payments may have come in since
	}
}

func (m meter) end(rows int) {
	if m.report != nil {
		m.report(rows, rows)
	}
}
