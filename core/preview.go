package core

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
)

// Preview is the beginning of the file that Export would write, and its sums.
type Preview struct {
	Header  []string
	Rows    [][]string // as in the file
	Unnamed string     // the first lease among Rows whose tenant has no name; empty: all have one
	Count   int        // of all rows
	Total   Cents      // of all rows
}

// PreviewExport returns the first rows of what Export would write, at most
// limit. It is quick, whatever the number of payments.
func PreviewExport(ctx context.Context, r Reader, q ExportQuery, limit int) (Preview, error) {
	q, err := q.checked()
	if err != nil {
		return Preview{}, err
	}
	var p Preview
	if p.Count, p.Total, err = q.sum(r); err != nil {
		return Preview{}, fmt.Errorf("count payments: %w", err)
	}
	if err := p.fill(ctx, r, q, limit); err != nil {
		return Preview{}, fmt.Errorf("preview payments: %w", err)
	}
	return p, nil
}

// errEnough ends the reading of payments.
var errEnough = errors.New("enough rows")

// fill writes the beginning of the file and reads it back, so that a preview
// cannot differ from the file.
func (p *Preview) fill(ctx context.Context, r Reader, q ExportQuery, limit int) error {
	var written bytes.Buffer
	file, err := q.begin(&written)
	if err != nil {
		return err
	}
	rows := 0
	_, err = q.each(ctx, r, func(row *exportRow) error {
		if rows >= limit {
			return errEnough
		}
		if rows++; row.Tenant == "" && p.Unnamed == "" {
			p.Unnamed = row.Lease
		}
		return file.write(row)
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if err := file.w.Flush(); err != nil {
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
