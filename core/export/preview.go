package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"rentbell/core"
)

// Preview is the beginning of the file that Export would write, and its sums.
type Preview struct {
	Header  []string
	Rows    [][]string // as in the file
	Unnamed string     // the first lease among Rows whose tenant has no name; empty: all have one
	Count   int        // of all rows
	Zeros   int        // payments that are no rows because the importer refuses amounts of zero
	LeftOut int        // payments without a usable amount, as far as they were looked at
	Total   core.Cents // of all rows
}

// NewPreview returns the first rows of what Export would write, at most
// limit. It is quick, whatever the number of payments: of more than exactPreview
// in a period, those that QuickBooks refuses are counted as rows.
func NewPreview(ctx context.Context, r Reader, q Query, limit int) (Preview, error) {
	q, found, err := q.survey(ctx, r)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Count: found.count, Total: found.amount, Zeros: found.zeros}
	if err := p.fill(ctx, r, q, limit); err != nil {
		return Preview{}, fmt.Errorf("preview payments: %w", err)
	}
	return p, nil
}

// exactPreview is how many payments a preview may look at to find those that
// the importer refuses: some tens of milliseconds.
const exactPreview = 10_000

// errEnough ends the reading of payments.
var errEnough = errors.New("enough rows")

// fill writes the beginning of the file and reads it back, so that a preview
// cannot differ from the file.
func (p *Preview) fill(ctx context.Context, r Reader, q Query, limit int) error {
	var written bytes.Buffer
	file, err := q.begin(&written)
	if err != nil {
		return err
	}
	rows, exact := 0, q.AfterSeq == 0 && p.Count <= exactPreview
	left, err := q.each(ctx, r, func(row *exportRow) error {
		switch {
		case rows < limit:
		case exact:
			return nil
		default:
			return errEnough
		}
		if rows++; p.Unnamed == "" && core.OneLine(row.Tenant) == "" {
			p.Unnamed = row.Lease
		}
		return file.write(row)
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	p.LeftOut = left.unusable
	if exact {
		p.Zeros = left.zeros
		p.Count = max(0, p.Count-left.zeros)
	}
	if err := file.flush(); err != nil {
		return err
	}
	written.Next(len(file.sheet.start))
	records, err := csv.NewReader(&written).ReadAll()
	if err != nil {
		return err
	}
	p.Header, p.Rows = records[0], records[1:]
	return nil
}
