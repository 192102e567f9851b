package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"time"

	"rentbell/core"
)

// Preview is the beginning of the file that Export would write, and its sums.
type Preview struct {
	Header  []string   // titles of columns; of a statement, the tags of a transaction
	Rows    [][]string // as in the file; empty cells at the end of a row may be missing
	Unnamed string     // the first lease among the first payments whose tenant has no name; empty: all have one
	Count   int        // of all rows
	Zeros   int        // payments that are no rows because the importer refuses amounts of zero
	LeftOut int        // payments without a usable amount, as far as they were looked at
	Total   core.Cents // of all rows
}

// NewPreview returns the first rows of what Export would write, at most limit. A statement
// needs no account yet. It is quick, whatever the number of payments in a period: of more
// than mostSurveyed, those that the importer refuses are counted as rows.
func NewPreview(ctx context.Context, r Reader, q Query, limit int) (Preview, error) {
	q, err := q.checked()
	if err != nil {
		return Preview{}, err
	}
	var p Preview
	late := q.AfterSeq > 0
	if late {
		q, err = q.narrow(ctx, r)
	} else {
		p.Count, p.Total, err = q.sums(r)
	}
	if err == nil {
		err = p.fill(ctx, r, q, limit, late || p.Count <= mostSurveyed)
	}
	if err != nil {
		return Preview{}, fmt.Errorf("preview payments: %w", err)
	}
	return p, nil
}

// fill writes the beginning of the file and reads it back, so that a preview
// cannot differ from the file. If it is to count, it looks at all the others too.
func (p *Preview) fill(ctx context.Context, r Reader, q Query, limit int, count bool) error {
	var written bytes.Buffer
	file, rows, total, moment := newFile(&written), 0, core.Cents(0), time.Time{}
	file.begin(q)
	defer file.drop()
	left, err := q.each(ctx, r, func(row *row) error {
		rows++
		total = total.Plus(row.Amount)
		switch {
		case rows <= limit:
			moment = row.At
			if p.Unnamed == "" && core.OneLine(row.Tenant) == "" {
				p.Unnamed = row.Lease
			}
		case limit > 0 && row.At.Equal(moment): // a statement may put it before the others of its moment
		case count:
			return nil
		default:
			return errEnough
		}
		return file.write(row)
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	p.LeftOut = left.unusable
	if count {
		p.Count, p.Total, p.Zeros = rows, total, left.zeros
	}
	if err := file.close(); err != nil {
		return err
	}
	records, err := q.layout().read(written.Bytes())
	if err != nil {
		return err
	}
	p.Header, p.Rows = records[0], records[1:min(len(records), limit+1)]
	return nil
}

// readCSV returns the lines of a file, the header first.
func readCSV(file []byte) ([][]string, error) {
	return csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte(core.ByteOrderMark)))).ReadAll()
}
