package bell

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rentbell/core"
)

// Limits of a health check.
const (
	clockTolerance = time.Minute // AppFolio's and ngrok's servers accept more; certificates and "2 min ago" do not
	lowDisk        = 200 << 20   // bytes: months of events, and room to compact them
	noDisk         = 20 << 20    // bytes: bbolt grows its file by 16 MiB at a time
	signatureSpan  = 24 * time.Hour
	rungPage       = 200 // events read at a time
)

// Check looks at every part of the way from AppFolio to the bell. It waits for
// the network, some ten seconds at most: not for the UI goroutine.
func (b *Bell) Check(ctx context.Context) core.Report {
	r := core.Report{At: b.cfg.Now(), Status: b.Status()}
	switch r.Status.Kind {
	case core.KindReports:
		r.Checks = []core.Check{b.checkReportsDir(r.Status), checkReports(r)}
	case core.KindOffice:
		if b.cfg.Glance != nil && !b.running.Load() {
			r.Status.Office = b.cfg.Glance(ctx)
		}
		r.Checks = b.checkOffice(r.Status)
	default:
		r.Checks = b.checkWay(ctx, r)
	}
	r.Checks = append(r.Checks, b.checkNotifications(ctx), b.checkDisk(r.Status))
	if b.cfg.Control != nil {
		r.Checks = append(r.Checks, core.Check{Name: core.CheckControl, State: core.CheckWarn, Err: b.cfg.Control})
	}
	return r
}

// checkWay looks at the way of a delivery.
func (b *Bell) checkWay(ctx context.Context, r core.Report) []core.Check {
	var internet, clock, tunnel, registration core.Check
	together(
		func() { internet, clock = b.checkInternet(ctx) },
		func() { tunnel = b.checkTunnel(ctx, r.Status) },
		func() { registration = b.checkRegistration(ctx, r.Status) },
	)
	return []core.Check{internet, tunnel, registration, b.checkSignatures(r), clock, b.checkSecrets(r.Status)}
}

func (b *Bell) checkInternet(ctx context.Context) (internet, clock core.Check) {
	internet, clock = core.Check{Name: core.CheckInternet}, core.Check{Name: core.CheckClock, State: core.CheckUnknown}
	reached, err := b.source(b.Account().Kind).Reach(ctx, b.choices.Subscription())
	internet.State, internet.Took, internet.Err = core.CheckGood, reached.Took, err
	if err != nil {
		internet.State = core.CheckBad
	}
	if errors.Is(err, core.ErrClockWrong) { // the way is fine
		internet.State, internet.Err = core.CheckUnknown, nil
	}
	if reached.ClockKnown || errors.Is(err, core.ErrClockWrong) {
		clock.State, clock.Skew = core.CheckGood, reached.Skew
		if reached.Skew.Abs() > clockTolerance {
			clock.State, clock.Err = core.CheckWarn, core.ErrClockWrong
		}
	}
	return internet, clock
}

func (b *Bell) checkTunnel(ctx context.Context, s core.Status) core.Check {
	c := core.Check{Name: core.CheckTunnel, Line: s.Line}
	running := b.running.Load()
	switch {
	case !running: // the way can be tried all the same
	case s.Connection == core.ConnectionOff && s.KeysLocked():
		c.State, c.Err = core.CheckBad, s.Vault
		return c
	case s.Connection == core.ConnectionOff:
		c.State, c.Err = core.CheckWarn, core.ErrNotSetUp
		return c
	case s.Connection == core.ConnectionClosed:
		c.State, c.Err = core.CheckWarn, core.ErrClosed
		return c
	case s.Connection == core.ConnectionRefused:
		c.State, c.Err = core.CheckBad, s.Problem
		return c
	}
	options := b.choices.Tunnel()
	if options.Kind == "" { // closed, and nobody receives
		options.Kind = core.TunnelNgrok
	}
	line, err := b.cfg.Tunnel.Diagnose(ctx, options)
	c.Took = line.Latency
	switch {
	case err != nil:
		c.State, c.Err = core.CheckBad, err
	case !running:
		c.State, c.Err = core.CheckWarn, core.ErrNotRunning
	case s.Connection == core.Listening:
		c.State = core.CheckGood
	case s.Problem != nil:
		c.State, c.Err = core.CheckBad, s.Problem
	default:
		c.State = core.CheckUnknown // connecting
	}
	return c
}

func (b *Bell) checkRegistration(ctx context.Context, s core.Status) core.Check {
	r := s.Registration
	c := core.Check{Name: core.CheckRegistration, State: core.CheckUnknown, When: r.At}
	if s.Kind == core.KindDeveloperSpace { // made by hand; that it rang is all that can be known of it
		c.When = s.Doorbell
		if !c.When.IsZero() {
			c.State = core.CheckGood
		}
		return c
	}
	switch r.Progress {
	case core.Declined:
		c.State, c.Err = core.CheckBad, r.Problem
	case core.Retrying:
		c.State, c.Err = core.CheckWarn, r.Problem
	case core.NotWanted:
		if !b.Secrets().APIKey.IsZero() {
			c.State, c.Err = core.CheckWarn, core.ErrNotRegistered
		}
	case core.Registered:
		c.State = core.CheckGood
		want := b.choices.Subscription()
		want.Address = r.Address
		listed, err := b.cfg.Source.Subscriptions(ctx, want)
		switch {
		case err == nil && !slices.ContainsFunc(listed, func(l core.Subscribed) bool { return l.Address == r.Address }):
			c.State, c.Err = core.CheckBad, core.ErrNotRegistered
		case err != nil && !errors.Is(err, core.ErrNoList):
			c.State, c.Err = core.CheckUnknown, err
		}
	}
	return c
}

func (b *Bell) checkSignatures(r core.Report) core.Check {
	since := r.At.Add(-signatureSpan)
	c := core.Check{Name: core.CheckSignatures, State: core.CheckGood, Bad: r.Status.Summary.Rejected.Since(since), When: r.Status.Summary.Rejected.Last}
	var err error
	c.Good, err = receivedSince(b.Reader, r.Status.Summary.Events, since)
	if err == nil { // what was read back, or in reports, proves nothing
		c.Good, err = deliveredAmong(b.Reader, c.Good, c.Good)
	}
	switch {
	case err != nil:
		c.State, c.Err = core.CheckUnknown, err
	case r.Status.Ignored.Since(since) > 0:
		c.State, c.Err = core.CheckWarn, core.ErrOtherAccount
	case c.Bad > 0:
		c.State, c.Err = core.CheckWarn, core.ErrSignaturesWrong
		if b.noneMatched(r.Status) {
			c.Err = core.ErrSecretDiffers
		}
	case c.Good == 0:
		c.State = core.CheckUnknown
	}
	return c
}

// noneMatched reports whether no delivery has been authentic under the secret in force,
// as far as is known: since AppFolio was told it; where Rentbell has not told it, ever.
// In Developer Space there is no secret to differ.
func (b *Bell) noneMatched(s core.Status) bool {
	if secrets := b.choices.Account().Secrets; s.Kind != core.KindDeveloperSpace && !secrets.Retiring.InForce(b.cfg.Now()) && b.register.Unproven(secrets.WebhookSecret) {
		return true
	}
	told := s.Registration.At
	matched, err := receivedSince(b.Reader, s.Summary.Events, told)
	if err == nil {
		matched, err = deliveredAmong(b.Reader, matched, 1)
	}
	return err == nil && matched == 0 && s.Summary.Quarantined == 0 && !s.Summary.Duplicates.Last.After(told) && s.Kind != core.KindDeveloperSpace
}

// receivedSince counts the events received since a time, by halving: they are
// stored in that order.
func receivedSince(r core.Reader, events int, since time.Time) (int, error) {
	var failed error
	low, high := 0, events
	for low < high && failed == nil {
		row := int(uint(low+high) / 2)
		page, err := r.Page(core.FeedActivity, row, 1)
		switch {
		case err != nil:
			failed = fmt.Errorf("look up when events were received: %w", err)
		case len(page) == 1 && !page[0].ReceivedAt.Before(since):
			low = row + 1
		default:
			high = row
		}
	}
	return low, failed
}

// deliveredAmong counts the deliveries among the newest events, as far as enough.
func deliveredAmong(r core.Reader, newest, enough int) (n int, err error) {
	for row := 0; row < newest && n < enough; {
		page, err := r.Page(core.FeedActivity, row, min(rungPage, newest-row))
		if err != nil {
			return n, fmt.Errorf("count deliveries: %w", err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			if !e.ReadBack() {
				n++
			}
		}
		row += len(page)
	}
	return n, nil
}

func (b *Bell) checkSecrets(s core.Status) core.Check {
	c := core.Check{Name: core.CheckSecrets, Vault: s.VaultKind}
	given := b.cfg.Override.Secrets
	lent := !given.WebhookSecret.IsZero() && !given.APIKey.IsZero()
	if s.Kind == core.KindDeveloperSpace {
		lent = !given.ClientSecret.IsZero()
	}
	switch {
	case lent:
		c.State = core.CheckUnknown // lent to this run; somebody else keeps them
	case s.KeysLocked():
		c.State, c.Err = core.CheckBad, s.Vault
	case s.Vault != nil:
		c.State, c.Err = core.CheckWarn, s.Vault
	case s.VaultKind == core.VaultMemory:
		c.State = core.CheckUnknown // the demo, or a run on what the environment lends
	default:
		c.State = core.CheckGood
	}
	return c
}

func (b *Bell) checkNotifications(ctx context.Context) core.Check {
	c := core.Check{Name: core.CheckNotifications, State: core.CheckUnknown}
	if b.cfg.Machine == nil || b.cfg.Faceless {
		return c
	}
	c.State = core.CheckGood
	if c.Err = b.cfg.Machine.Notifier(ctx); c.Err != nil {
		c.State = core.CheckWarn
	}
	return c
}

func (b *Bell) checkDisk(s core.Status) core.Check {
	c := core.Check{Name: core.CheckDisk, State: core.CheckUnknown}
	if s.Storage != nil {
		c.State, c.Err = core.CheckBad, s.Storage
		return c
	}
	if b.cfg.Machine == nil {
		return c
	}
	free, err := b.cfg.Machine.FreeSpace()
	c.Free, c.Err = free, err
	switch {
	case err != nil:
	case free < noDisk:
		c.State, c.Err = core.CheckBad, core.ErrLowDisk
	case free < lowDisk:
		c.State, c.Err = core.CheckWarn, core.ErrLowDisk
	default:
		c.State = core.CheckGood
	}
	return c
}
