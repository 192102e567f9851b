package ui

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

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
	wait, first = m.put(core.Change{}, start.Add(frame/3))
	if !first || wait != frame-frame/3 {
		t.Errorf("within a frame the next change waits %v, first %v, want %v", wait, first, frame-frame/3)
	}
	if c, rings := m.take(start); len(c.Fresh) != 0 || len(rings) != 0 {
		t.Error("news are delivered twice")
	}
}

func TestTwoHundredChangesInASecondAreAtMostThirtyFrames(t *testing.T) {
	var m mailbox
	frames, events := 0, 0
	var due time.Time // of the trip to the main goroutine that is under way
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

func TestLoaderReadsOneAtATimeAndTheLatestLast(t *testing.T) {
	var (
		q     queue
		l     loader
		shown []string
	)
	read := func(name string) func(context.Context) func() {
		return func(context.Context) func() { return func() { shown = append(shown, name) } }
	}
	l.load(q.post, read("first"))
	l.load(q.post, read("second"))
	l.load(q.post, read("third"))
	if len(q) != 1 {
		t.Fatalf("%d reads are under way", len(q))
	}
	q.next(t)
	q.next(t)
	if want := []string{"first", "third"}; !slices.Equal(shown, want) || len(q) != 0 {
		t.Errorf("shown %v, want %v; %d reads are left", shown, want, len(q))
	}
}

func TestAReplacedReadIsGivenUp(t *testing.T) {
	var (
		q     queue
		l     loader
		ended error
	)
	l.load(q.post, func(ctx context.Context) func() {
		ended = ctx.Err()
		return nil
	})
	l.replace(q.post, func(context.Context) func() { return nil })
	q.next(t)
	if ended == nil {
		t.Error("the replaced read went on")
	}
	if len(q) != 1 {
		t.Errorf("%d reads are under way, want the one that replaced it", len(q))
	}
}

func TestWorkEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		post := newPoster(ctx, fyne.Do)
		var done []string
		background(post, func(context.Context) (int, error) { return 42, nil },
			func(n int, err error) { done = append(done, fmt.Sprint(n, err)) })
		synctest.Wait()
		background(post, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		}, func(int, error) { done = append(done, "after the end") })
		cancel()
		synctest.Wait()
		if want := []string{"42 <nil>"}; !slices.Equal(done, want) {
			t.Errorf("on the main goroutine ran %v, want %v", done, want)
		}
	})
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

// TestWorkIsNotCancelledBeforeWhatItCameBackWithHasRun queues what is to be done
// on the main goroutine, as Fyne does in a window; its test driver does it at once.
func TestWorkIsNotCancelledBeforeWhatItCameBackWithHasRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue := make(chan func(), 1) // capacity 1: all that comes
		post := newPoster(t.Context(), func(do func()) { queue <- do })
		var own context.Context
		shown := false
		post(func(ctx context.Context) func() {
			own = ctx
			return func() { shown = ctx.Err() == nil }
		})
		synctest.Wait() // the worker has ended
		(<-queue)()
		if !shown {
			t.Error("the work passes for cancelled, and what it found is not shown")
		}
		if own.Err() == nil {
			t.Error("its ctx is never let go")
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
