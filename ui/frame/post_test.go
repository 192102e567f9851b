package frame

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	_ "fyne.io/fyne/v2/test" // makes the test app

	"rentbell/ui/uitest"
)

func TestLoaderReadsOneAtATimeAndTheLatestLast(t *testing.T) {
	var (
		q     uitest.Queue
		l     Loader
		shown []string
	)
	read := func(name string) func(context.Context) func() {
		return func(context.Context) func() { return func() { shown = append(shown, name) } }
	}
	l.Load(q.Post, read("first"))
	l.Load(q.Post, read("second"))
	l.Load(q.Post, read("third"))
	if len(q) != 1 {
		t.Fatalf("%d reads are under way", len(q))
	}
	q.Next(t)
	q.Next(t)
	if want := []string{"first", "third"}; !slices.Equal(shown, want) || len(q) != 0 {
		t.Errorf("shown %v, want %v; %d reads are left", shown, want, len(q))
	}
}

func TestAReplacedReadIsGivenUp(t *testing.T) {
	var (
		q     uitest.Queue
		l     Loader
		ended error
	)
	l.Load(q.Post, func(ctx context.Context) func() {
		ended = ctx.Err()
		return nil
	})
	l.Replace(q.Post, func(context.Context) func() { return nil })
	q.Next(t)
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
		post := NewPoster(ctx, fyne.Do)
		var done []string
		Background(post, func(context.Context) (int, error) { return 42, nil },
			func(n int, err error) { done = append(done, fmt.Sprint(n, err)) })
		synctest.Wait()
		Background(post, func(ctx context.Context) (int, error) {
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

// TestWorkIsNotCancelledBeforeWhatItCameBackWithHasRun queues functions for the
// main goroutine as Fyne does in a window. Fyne's test driver would run them at
// once.
func TestWorkIsNotCancelledBeforeWhatItCameBackWithHasRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue := make(chan func(), 1) // capacity 1: the test posts one function
		post := NewPoster(t.Context(), func(do func()) { queue <- do })
		var own context.Context
		shown := false
		post(func(ctx context.Context) func() {
			own = ctx
			return func() { shown = ctx.Err() == nil }
		})
		synctest.Wait() // until the worker has ended
		(<-queue)()
		if !shown {
			t.Error("the work passes for cancelled, and what it found is not shown")
		}
		if own.Err() == nil {
			t.Error("its ctx is never let go")
		}
	})
}
