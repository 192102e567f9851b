// Package export writes what an accountant gets: payments of a period, in the
// layout of an importer, in as many files as it takes. Rows are streamed, so memory
// does not grow with them; amounts pass through a float only where a workbook's number
// is one; and cells with text from outside never run in a spreadsheet. Files appear
// whole or not at all.
package export

import (
	"context"
	"fmt"
	"io"
	"time"

	"rentbell/core"
)

// Query says which payments a file holds and how it is laid out.
type Query struct {
	From, To core.Date      // both inclusive; with AfterSeq or ToSeq both may be zero: whatever their date
	Location *time.Location // whose days they are; nil: the computer's
	Format   core.Format
	AfterSeq uint64 // only payments stored after this event; 0: all
	ToSeq    uint64 // only payments stored up to this event; 0: all
	OneFile  bool   // all in one file, even if it is more than the importer takes
	TakeOver bool   // also what another desk of the office claims and has not ended for a long time
	Statement
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
func (q Query) always() bool {
	return (q.AfterSeq > 0 || q.ToSeq > 0) && q.From.IsZero() && q.To.IsZero()
}

// layout is the format's. Of a checked query the format is known.
func (q Query) layout() layout {
	l, _ := layoutOf(q.Format)
	return l
}

// limits are those that files of the query keep to.
func (q Query) limits() importLimits {
	if q.OneFile {
		return importLimits{}
	}
	return limitsOf(q.Format)
}

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

// Export writes the payments of q, oldest first. It streams: memory does not grow
// with the number of rows. After an error w holds part of a file.
func Export(ctx context.Context, w io.Writer, r Payments, q Query) (Written, error) {
	q, err := q.checked()
	if err != nil {
		return Written{}, err
	}
	done, err := q.writeTo(ctx, r, newFile(w), meter{})
	return done.Written, err
}

// newFile is one file for everything.
func newFile(w io.Writer) *parts {
	return &parts{hand: func(c chunk) ([]byte, error) {
		_, err := w.Write(c.bytes)
		return c.bytes[:0], err
	}}
}

// writeTo writes the rows of a checked query.
func (q Query) writeTo(ctx context.Context, r Payments, out *parts, m meter) (WrittenFiles, error) {
	var done WrittenFiles
	q, err := q.settled(ctx, r)
	if err != nil {
		return done, err
	}
	out.begin(q)
	defer out.drop()
	left, err := q.each(ctx, r, func(row *row) error {
		if done.Rows == 0 {
			done.First = row.at.day
		}
		done.Last = row.at.day
		done.Rows++
		done.Total = done.Total.Plus(row.Amount)
		m.show(done.Rows)
		return out.write(row)
	})
	if err == nil {
		err = out.close()
	}
	if err != nil {
		return WrittenFiles{}, fmt.Errorf("export payments: %w", err)
	}
	done.LeftOut, done.Zeros, done.Bytes, done.Files = left.unusable, left.zeros, out.whole, out.files
	return done, nil
}

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
