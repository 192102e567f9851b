package uitest

import (
	"context"
	"testing"
)

// Queue is a poster that runs nothing until it is told to.
type Queue []func(context.Context) func()

func (q *Queue) Post(work func(context.Context) func()) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	*q = append(*q, func(context.Context) func() { return work(ctx) })
	return cancel
}

// Next does the oldest work and what it comes back with.
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

// All does what waits, and what that asks for.
func (q *Queue) All(t testing.TB) {
	t.Helper()
	for len(*q) > 0 {
		q.Next(t)
	}
}

// AtOnce is a poster that works on the spot, so that tests need not wait.
func AtOnce(t testing.TB) func(func(context.Context) func()) func() {
	return func(work func(context.Context) func()) func() {
		if then := work(t.Context()); then != nil {
			then()
		}
		return func() {}
	}
}
