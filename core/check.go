package core

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Limits of a health check.
const (
	clockTolerance = time.Minute // AppFolio's and ngrok's servers accept more; certificates and "2 min ago" do not
	lowDisk        = 200 << 20   // bytes: months of events, and room to compact them
	noDisk         = 20 << 20    // bytes: bbolt grows its file by 16 MiB at a time
	signatureSpan  = 24 * time.Hour
)

// Check looks at every part of the way from AppFolio to the bell. It waits for
// the network, some ten seconds at most: not for the UI goroutine.
func (b *Bell) Check(ctx context.Context) Report {
	r := Report{At: b.cfg.Now(), Status: b.Status()}
	var internet, clock, tunnel, registration Check
	together(
		func() { internet, clock = b.checkInternet(ctx) },
		func() { tunnel = b.checkTunnel(ctx, r.Status) },
		func() { registration = b.checkRegistration(ctx, r.Status) },
	)
	r.Checks = []Check{
		internet, tunnel, registration, b.checkSignatures(r), clock, b.checkSecrets(r.Status), b.checkNotifications(ctx), b.checkDisk(r.Status),
	}
	return r
}

func (b *Bell) checkInternet(ctx context.Context) (internet, clock Check) {
	internet, clock = Check{Name: CheckInternet}, Check{Name: CheckClock, State: CheckUnknown}
	reached, err := b.source(b.Account().Kind).Reach(ctx, b.choices.Subscription())
	internet.State, internet.Took, internet.Err = CheckGood, reached.Took, err
	if err != nil {
		internet.State = CheckBad
	}
	if errors.Is(err, ErrClockWrong) { // the way is fine
		internet.State, internet.Err = CheckUnknown, nil
	}
	if reached.ClockKnown || errors.Is(err, ErrClockWrong) {
		clock.State, clock.Skew = CheckGood, reached.Skew
		if reached.Skew.Abs() > clockTolerance {
			clock.State, clock.Err = CheckWarn, ErrClockWrong
		}
	}
	return internet, clock
}

func (b *Bell) checkTunnel(ctx context.Context, s Status) Check {
	c := Check{Name: CheckTunnel, Line: s.Line}
	running := b.running.Load()
	switch {
	case !running: // the way can be tried all the same
	case s.Connection == ConnectionOff:
		c.State, c.Err = CheckWarn, ErrNotSetUp
		return c
	case s.Connection == ConnectionClosed:
		c.State, c.Err = CheckWarn, ErrClosed
		return c
	case s.Connection == ConnectionRefused:
		c.State, c.Err = CheckBad, s.Problem
		return c
	}
	options := b.choices.Tunnel()
	if options.Kind == "" { // closed, and nobody receives
		options.Kind = TunnelNgrok
	}
	line, err := b.cfg.Tunnel.Diagnose(ctx, options)
	c.Took = line.Latency
	switch {
	case err != nil:
		c.State, c.Err = CheckBad, err
	case !running:
		c.State, c.Err = CheckWarn, ErrNotRunning
	case s.Connection == Listening:
		c.State = CheckGood
	case s.Problem != nil:
		c.State, c.Err = CheckBad, s.Problem
	default:
		c.State = CheckUnknown // connecting
	}
	return c
}

func (b *Bell) checkRegistration(ctx context.Context, s Status) Check {
	r := s.Registration
	c := Check{Name: CheckRegistration, State: CheckUnknown, When: r.At}
	if s.Kind == KindDeveloperSpace { // made by hand; that it rang is all that can be known of it
		c.When = s.Doorbell
		if !c.When.IsZero() {
			c.State = CheckGood
		}
		return c
	}
	switch r.Progress {
	case Declined:
		c.State, c.Err = CheckBad, r.Problem
	case Retrying:
		c.State, c.Err = CheckWarn, r.Problem
	case NotWanted:
		if !b.Secrets().APIKey.IsZero() {
			c.State, c.Err = CheckWarn, ErrNotRegistered
		}
	case Registered:
		c.State = CheckGood
		want := b.choices.Subscription()
		want.Address = r.Address
		listed, err := b.cfg.Source.Subscriptions(ctx, want)
		switch {
		case err == nil && !slices.ContainsFunc(listed, func(l Subscribed) bool { return l.Address == r.Address }):
			c.State, c.Err = CheckBad, ErrNotRegistered
		case err != nil && !errors.Is(err, ErrNoList):
			c.State, c.Err = CheckUnknown, err
		}
	}
	return c
}

func (b *Bell) checkSignatures(r Report) Check {
	since := r.At.Add(-signatureSpan)
	c := Check{Name: CheckSignatures, State: CheckGood, Bad: r.Status.Summary.Rejected.Since(since), When: r.Status.Summary.Rejected.Last}
	var err error
	c.Good, err = receivedSince(b.Reader, r.Status.Summary.Events, since)
	switch {
	case err != nil:
		c.State, c.Err = CheckUnknown, err
	case c.Bad > 0:
		c.State, c.Err = CheckWarn, ErrSignaturesWrong
	case c.Good == 0:
		c.State = CheckUnknown
	}
	return c
}

// receivedSince counts the events received since a time, by halving: they are
// stored in that order.
func receivedSince(r Reader, events int, since time.Time) (int, error) {
	var failed error
	low, high := 0, events
	for low < high && failed == nil {
		row := int(uint(low+high) / 2)
		page, err := r.Page(FeedActivity, row, 1)
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

func (b *Bell) checkSecrets(s Status) Check {
	c := Check{Name: CheckSecrets, Vault: s.VaultKind}
	given := b.cfg.Override.Secrets
	lent := !given.WebhookSecret.IsZero() && !given.APIKey.IsZero()
	if s.Kind == KindDeveloperSpace {
		lent = !given.ClientSecret.IsZero()
	}
	switch {
	case lent:
		c.State = CheckUnknown // lent to this run; somebody else keeps them
	case s.Vault != nil:
		c.State, c.Err = CheckWarn, s.Vault
	case s.VaultKind == VaultMemory:
		c.State = CheckUnknown // the demo, or a run on what the environment lends
	default:
		c.State = CheckGood
	}
	return c
}

func (b *Bell) checkNotifications(ctx context.Context) Check {
	c := Check{Name: CheckNotifications, State: CheckUnknown}
	if b.cfg.Machine == nil || b.cfg.Faceless {
		return c
	}
	c.State = CheckGood
	if c.Err = b.cfg.Machine.Notifier(ctx); c.Err != nil {
		c.State = CheckWarn
	}
	return c
}

func (b *Bell) checkDisk(s Status) Check {
	c := Check{Name: CheckDisk, State: CheckUnknown}
	if s.Storage != nil {
		c.State, c.Err = CheckBad, s.Storage
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
		c.State, c.Err = CheckBad, ErrLowDisk
	case free < lowDisk:
		c.State, c.Err = CheckWarn, ErrLowDisk
	default:
		c.State = CheckGood
	}
	return c
}
