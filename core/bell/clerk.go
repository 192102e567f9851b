package bell

import (
	"context"
	"io"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/inbox"
	"rentbell/core/table"
)

// clerk takes the files of the watched folder as a person would who imports them by hand.
// It asks nobody, so it takes only what is certain.
type clerk struct{ bell *Bell }

// Kind tells what a file holds. core.ErrUnknownTable: that is not certain.
func (c clerk) Kind(file io.Reader) (core.TableKind, error) {
	r, err := c.recognise(file)
	return r.Kind, err
}

// recognise goes by what a person once said of a table with these titles, and else by the
// titles alone.
func (c clerk) recognise(file io.Reader) (imports.Recalled, error) {
	sheet, err := table.Open(file)
	if err != nil {
		return imports.Recalled{}, err
	}
	layouts, err := c.bell.Layouts()
	if err != nil {
		return imports.Recalled{}, err
	}
	if r, said := imports.Recall(layouts, sheet); said {
		return r, nil
	}
	kind, columns, certain := imports.Guess(sheet)
	if !certain {
		return imports.Recalled{}, core.ErrUnknownTable
	}
	return imports.Recalled{Sheet: sheet, Kind: kind, Columns: columns}, nil
}

// Take keeps what a file tells.
func (c clerk) Take(ctx context.Context, f inbox.File) (inbox.Result, error) {
	r, err := c.recognise(f)
	if err != nil {
		return inbox.Result{}, err
	}
	found := imports.Read(r.Sheet, r.Kind, r.Columns)
	result := inbox.Result{Rows: found.Count()}
	for _, s := range found.Skipped {
		result.LeftOut = append(result.LeftOut, s.Line)
	}
	if err := worthless(found, result.LeftOut); err != nil {
		return inbox.Result{}, err
	}
	result.Taken, err = c.bell.intake.Import(ctx, f.Name, found, false)
	return result, err
}

// worthless returns why a table tells nothing; nil: it tells something. A report may be of
// a day on which nothing happened.
func worthless(found imports.Found, leftOut []int) error {
	switch {
	case found.Count() > 0:
		return nil
	case len(leftOut) > 0:
		return &core.LeftOutError{Lines: leftOut}
	case found.Kind.Report():
		return nil
	case found.Kind == core.TableRents:
		return core.ErrNoRents
	}
	return core.ErrNoNames
}
