package export

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"rentbell/core"
)

// Source is what an export is made again from.
type Source interface {
	// AsOf reads payments with the names as they were after so many changes of names.
	AsOf(renames uint64) (Payments, error)
	// StatementAccount is the account that statements are of.
	StatementAccount(context.Context) (core.StatementAccount, error)
}

// Desk is where exports are made that are remembered: a History, or that of the process
// that has the store.
type Desk interface {
	Source
	// Claim waits until no other export is made. In an office the error may be a
	// core.ClaimedError or wrap core.ErrOfficeAway; takeOver takes a claim over that
	// another desk has not ended for a long time.
	Claim(ctx context.Context, f core.Format, takeOver bool) (Claim, error)
}

// entry is an export on its way into what is remembered.
type entry struct {
	claim Claim
	to    Target
	query Query
	upTo  uint64 // the newest event it could see
	empty bool   // files without rows appear, too
}

// commit lets the files appear between two notes of them, so that no end of this
// process leaves a doubt.
func (e entry) commit(done WrittenFiles, appear func() error) error {
	if done.Rows == 0 { // nothing that could be in the books twice
		if e.empty {
			return appear()
		}
		return nil
	}
	if err := e.claim.Begin(e.past(done)); err != nil {
		return err
	}
	if err := appear(); err != nil {
		return errors.Join(err, e.claim.Drop())
	}
	return e.claim.Done()
}

// past is the export as it is remembered, but for what the claim adds.
func (e entry) past(done WrittenFiles) core.PastExport {
	q := e.query
	if q.AfterSeq > 0 || q.always() {
		q.From, q.To = done.First, done.Last
	}
	p := core.PastExport{
		From: q.From, To: q.To, Format: q.Format, Rows: done.Rows, Total: done.Total, LastSeq: e.upTo, File: core.StandardOutput,
		Recipe: core.Recipe{
			SHA256: done.SHA256, Files: done.Files, AfterSeq: q.AfterSeq, OneFile: q.OneFile,
			Zone: zoneName(q.Location), IntuBID: q.IntuBID,
		},
	}
	if e.to.Out == nil {
		p.File, p.Dir = filepath.Base(e.to.Path), filepath.Dir(e.to.Path)
	}
	return p
}

// New exports what no remembered export of q.Format holds yet, and remembers it; of q the
// period, the events and the account do not count. A path is an absolute one. Without a
// row nothing appears. What was broken off before comes back also with an error.
func New(ctx context.Context, d Desk, to Target, q Query) (done WrittenFiles, broken []core.PastExport, err error) {
	claim, err := d.Claim(ctx, q.Format, q.TakeOver)
	if err != nil {
		return done, nil, err
	}
	defer claim.Release()
	start := claim.Start()
	q.From, q.To, q.AfterSeq, q.ToSeq = start.From, start.To, start.AfterSeq, start.ToSeq
	if q.ToSeq <= q.AfterSeq {
		if start.Other != nil {
			return done, start.Broken, start.Other
		}
		return done, start.Broken, nil
	}
	if q, err = q.accounted(ctx, d); err != nil {
		return done, start.Broken, err
	}
	payments, err := d.AsOf(start.Renames)
	if err != nil {
		return done, start.Broken, err
	}
	e := entry{claim: claim, to: to, query: q, upTo: q.ToSeq}
	done, err = job{to: to, query: q, commit: e.commit}.run(ctx, payments)
	if errors.Is(err, errNothingNew) {
		var left leftOut
		left, err = q.each(ctx, payments, func(*row) error { return nil })
		done.LeftOut, done.Zeros = left.unusable, left.zeros
	}
	return done, start.Broken, err
}

// accounted checks a query, and adds the account where the format needs one.
func (q Query) accounted(ctx context.Context, s Source) (_ Query, err error) {
	if IsStatement(q.Format) {
		if q.Account, err = s.StatementAccount(ctx); err != nil {
			return q, fmt.Errorf("find the account of statements: %w", err)
		}
	}
	return q.checked()
}

// Again makes the files of an export again, byte for byte. Where they would not be the
// same, the error is core.ErrNotTheSame; where it is not known what it takes,
// core.ErrNoRecipe. Then nothing appears.
func Again(ctx context.Context, s Source, to Target, e core.PastExport) (WrittenFiles, error) {
	if e.SHA256 == "" {
		return WrittenFiles{}, core.ErrNoRecipe
	}
	zone, err := location(e.Zone)
	if err != nil {
		return WrittenFiles{}, fmt.Errorf("%w: %w", core.ErrNotTheSame, err)
	}
	q, err := Query{
		From: e.From, To: e.To, Location: zone, Format: e.Format, AfterSeq: e.AfterSeq, ToSeq: e.LastSeq, OneFile: e.OneFile,
		Statement: Statement{IntuBID: e.IntuBID},
	}.accounted(ctx, s)
	if err != nil {
		return WrittenFiles{}, err
	}
	payments, err := s.AsOf(e.Renames)
	if err != nil {
		return WrittenFiles{}, err
	}
	return job{to: to, query: q, commit: func(done WrittenFiles, appear func() error) error {
		switch {
		case done.Rows != e.Rows:
			return fmt.Errorf("%w: there are %d payments, and there were %d", core.ErrNotTheSame, done.Rows, e.Rows)
		case done.SHA256 != e.SHA256:
			return core.ErrNotTheSame
		}
		return appear()
	}}.run(ctx, payments)
}
