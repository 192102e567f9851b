package ui

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

func TestMailboxGathersABurst(t *testing.T) {
	var m mailbox
	start := present
	wait, first := m.put(core.Change{Fresh: []core.Event{{Seq: 1}}}, start)
	if !first || wait != 0 {
		t.Errorf("the first change waits %v, first %v", wait, first)
	}
	for seq := uint64(2); seq <= 5; seq++ {
		ring := &core.Ring{Count: int(seq)}
		c := core.Change{Status: core.Status{Connection: core.Listening}, Fresh: []core.Event{{Seq: seq}}, Ring: ring}
		if _, first := m.put(c, start); first {
			t.Error("a second trip is made while one is on its way")
		}
	}
	c, rings := m.take(start)
	if len(c.Fresh) != 5 || c.Fresh[4].Seq != 5 || c.Status.Connection != core.Listening || len(rings) != 4 {
		t.Errorf("came through: %d events, status %v, %d rings", len(c.Fresh), c.Status.Connection, len(rings))
	}
	wait, first = m.put(core.Change{}, start.Add(frameTime/3))
	if !first || wait != frameTime-frameTime/3 {
		t.Errorf("within a frame the next change waits %v, first %v, want %v", wait, first, frameTime-frameTime/3)
	}
	if c, rings := m.take(start); len(c.Fresh) != 0 || len(rings) != 0 {
		t.Error("news are delivered twice")
	}
}

func TestTwoHundredChangesInASecondAreAtMostThirtyFrames(t *testing.T) {
	var m mailbox
	frames, events := 0, 0
	var due time.Time // until the scheduled update runs
	for ms := range 2000 {
		now := present.Add(time.Duration(ms) * time.Millisecond)
		if ms < 1000 && ms%5 == 0 {
			if wait, first := m.put(core.Change{Fresh: []core.Event{{Seq: uint64(ms)}}}, now); first {
				due = now.Add(wait)
			}
		}
		if !due.IsZero() && !now.Before(due) {
			c, _ := m.take(now)
			frames, events, due = frames+1, events+len(c.Fresh), time.Time{}
		}
	}
	if frames > 31 || events != 200 {
		t.Errorf("%d events were shown in %d frames, want 200 in at most 31", events, frames)
	}
}

func TestMailboxKeepsTheNewestOfAFlood(t *testing.T) {
	var m mailbox
	for seq := range uint64(1000) {
		m.put(core.Change{Fresh: []core.Event{{Seq: seq}}}, present)
	}
	c, _ := m.take(present)
	if len(c.Fresh) != mostFresh || c.Fresh[0].Seq != 800 || c.Fresh[mostFresh-1].Seq != 999 {
		t.Errorf("of a thousand events %d came through, from %d on", len(c.Fresh), c.Fresh[0].Seq)
	}
}

func TestEveryMinuteTicksUntilTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ticks := 0
		everyMinute(ctx, func() { ticks++ })
		<-time.After(3*time.Minute + time.Second)
		cancel()
		<-time.After(time.Hour)
		synctest.Wait()
		if ticks != 3 {
			t.Errorf("in three minutes it ticked %d times", ticks)
		}
	})
}

func TestHooksAreStillOnceTheWindowHasGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	called := 0
	hook := until(ctx, func() { called++ })
	hook()
	cancel()
	hook()
	if called != 1 {
		t.Errorf("called %d times, want once, before the end", called)
	}
}
