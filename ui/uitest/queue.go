package uitest

import (
	"context"
	"testing"
)

// Queue holds posted work until the test runs it. Its Post is a frame.Poster.
type Queue []func(context.Context) func()

// Post queues work. Only cancel ends the work's ctx.
func (q *Queue) Post(work func(context.Context) func()) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	*q = append(*q, func(context.Context) func() { return work(ctx) })
	return cancel
}

// Next runs the oldest work and the function it returns.
func (q *Queue) Next(t testing.TB) {
	t.Helper()
	if len(*q) == 0 {
		t.Fatal("nothing to do")
	}
	work := (*q)[0]
	*q = (*q)[1:]
	if then := work(t.Context()); then != nil {
		then()
	}
}

// All runs all work, including what that work posts.
func (q *Queue) All(t testing.TB) {
	t.Helper()
	for len(*q) > 0 {
		q.Next(t)
	}
}

// AtOnce returns a frame.Poster that runs work immediately.
func AtOnce(t testing.TB) func(func(context.Context) func()) func() {
	return func(work func(context.Context) func()) func() {
		if then := work(t.Context()); then != nil {
			then()
		}
		return func() {}
	}
}
