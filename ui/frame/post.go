package frame

import "context"

// Slow work leaves Fyne's main goroutine here, and comes back to it. Everything
// else in ui runs on it, but for the window's mailbox.

// Poster runs slow work beside the main goroutine and then, on it, the function
// the work came back with (nil: none). cancel ends the work's ctx early; its
// then still runs. After the poster's own ctx has ended nothing runs on the
// main goroutine any more: Fyne would run it on the worker's own.
type Poster func(work func(ctx context.Context) (then func())) (cancel func())

// NewPoster makes one that runs what its work came back with by onMain: fyne.Do,
// outside tests. It gives up once ctx has ended.
func NewPoster(ctx context.Context, onMain func(func())) Poster {
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

// Background is a poster's work with a value and an error: then gets them on the
// main goroutine.
func Background[T any](p Poster, work func(context.Context) (T, error), then func(T, error)) {
	p(func(ctx context.Context) func() {
		v, err := work(ctx)
		return func() { then(v, err) }
	})
}

// Loader keeps one read of a page going at a time. Asked again meanwhile, it
// does the latest request once the present one is done, so that what is shown
// is never older than that.
type Loader struct {
	busy   bool
	next   func(context.Context) (then func())
	cancel func()
}

// Load runs read in the background and, on the main goroutine, what it returns.
func (l *Loader) Load(p Poster, read func(ctx context.Context) (then func())) {
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
				l.Load(p, next)
			}
		}
	})
}

// Replace is load for a question that makes the present one pointless: a
// search nobody waits for any more is not carried on with.
func (l *Loader) Replace(p Poster, read func(ctx context.Context) (then func())) {
	if l.busy && l.cancel != nil {
		l.cancel()
	}
	l.Load(p, read)
}
