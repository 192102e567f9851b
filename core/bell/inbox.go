package bell

import (
	"cmp"

	"rentbell/core"
	"rentbell/core/inbox"
)

func (b *Bell) makeInbox() (err error) {
	why := b.cfg.Why
	if why == nil {
		why = error.Error
	}
	b.inbox, err = inbox.New(inbox.Config{
		Dir: b.reportsDir, Taker: clerk{b}, Store: b.cfg.Store, Why: why, DataDir: b.cfg.DataDir, Log: b.cfg.Log, Now: b.cfg.Now,
		Tell: func(r core.ReportsStatus) { b.board.Set(func(s *core.Status) { s.Reports = r }) },
	})
	if err == nil {
		b.choices.Follow(b.inbox.Wake())
	}
	return err
}

// reportsDir is the folder in force; empty: another kind of connection is.
func (b *Bell) reportsDir() string {
	if a := b.Account(); a.Kind == core.KindReports {
		return a.Reports
	}
	return ""
}

// LookForReports has the folder looked into now: a user asked.
func (b *Bell) LookForReports() { b.inbox.Wake().Nudge() }

// checkReportsDir looks at the folder that reports come into.
func (b *Bell) checkReportsDir(s core.Status) core.Check {
	c := core.Check{Name: core.CheckReportsDir, State: core.CheckBad}
	dir := b.reportsDir()
	if dir == "" {
		c.State, c.Err = core.CheckWarn, core.ErrNoReportsDir
		return c
	}
	switch c.Err = cmp.Or(s.Reports.Problem, inbox.CheckDir(dir, b.cfg.DataDir)); {
	case c.Err != nil:
	case !b.running.Load():
		c.State, c.Err = core.CheckWarn, core.ErrNotRunning
	default:
		c.State = core.CheckGood
	}
	return c
}

// checkReports looks at how old the newest reports are. Payments and rents need their own;
// the other reports may never come, but one that came is to come again.
func checkReports(r core.Report) core.Check {
	c := core.Check{Name: core.CheckReports, State: core.CheckGood}
	for _, kind := range core.ReportKinds() {
		newest, came := r.Status.Reports.Newest[kind]
		needed := kind == core.TableIncome || kind == core.TableRentRoll
		switch {
		case !came && needed:
			c.State, c.Err = core.CheckWarn, core.ErrNoReports
		case came && r.At.Sub(newest.AsOf()) >= core.StaleReports && c.Err == nil:
			c.State, c.Err = core.CheckWarn, core.ErrOldReports
		}
	}
	return c
}
