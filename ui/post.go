package ui

import "context"

// All crossing of threads is here. Everything else in this package runs on
// Fyne's main goroutine.

// poster runs slow work beside the main goroutine and then, on it, the function
// the work came back with (nil: none). cancel ends the work's ctx early; its
// then still runs. After the poster's own ctx has ended nothing runs on the
// main goroutine any more: Fyne would run it on the worker's own.
type poster func(work func(ctx context.Context) (then func())) (cancel func())

// newPoster makes one whose functions run by onMain: fyne.Do, outside tests.
func newPoster(ctx context.Context, onMain func(func())) poster {
	return func(work func(context.Context) func()) (cancel func()) {
		one, cancel := context.WithCancel(ctx)
		go func() {
			then := work(one)
			if then == nil || ctx.Err() != nil {
				cancel()
				return
			}
			onMain(func() { // later, as a rule: until it has run, nobody has cancelled
				defer cancel()
				then()
			})
		}()
		return cancel
	}
}

// background is a poster's work with a value and an error.
func background[T any](p poster, work func(context.Context) (T, error), then func(T, error)) {
	p(func(ctx context.Context) func() {
		v, err := work(ctx)
		return func() { then(v, err) }
	})
}

// loader keeps one read of a page going at a time. Asked again meanwhile, it
// does the latest request once the present one is done, so that what is shown
// is never older than that.
type loader struct {
	busy   bool
	next   func(context.Context) (then func())
	cancel func()
}

// load runs read in the background and, on the main goroutine, what it returns.
func (l *loader) load(p poster, read func(ctx context.Context) (then func())) {
	if l.busy {
		l.next = read
		return
	}
	l.busy = true
	l.cancel = p(func(ctx context.Context) func() {
		then := read(ctx)
		return func() {
			l.busy = false
			if then != nil {
				then()
			}
			if next := l.next; next != nil {
				l.next = nil
				l.load(p, next)
			}
		}
	})
}

// replace is load for a question that makes the present one pointless: a
// search nobody waits for any more is not carried on with.
func (l *loader) replace(p poster, read func(ctx context.Context) (then func())) {
	if l.busy && l.cancel != nil {
		l.cancel()
	}
	l.load(p, read)
}
