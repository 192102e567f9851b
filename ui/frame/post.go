package frame

import "context"

// This file is the only way from Fyne's main goroutine to a background
// goroutine and back. All other code in ui runs on the main goroutine, except
// for the window's mailbox.

// Poster runs work on a goroutine of its own and then, on the main goroutine,
// the function that work returned, unless it is nil. cancel ends the work's ctx
// early; the returned function still runs. After the Poster's own ctx has
// ended, nothing runs on the main goroutine any more: Fyne has stopped its
// loop, and would run the function on the worker's goroutine.
type Poster func(work func(ctx context.Context) (then func())) (cancel func())

// NewPoster returns a Poster that lasts until ctx ends. onMain runs a function
// on the main goroutine: fyne.Do, except in tests.
func NewPoster(ctx context.Context, onMain func(func())) Poster {
	return func(work func(context.Context) func()) (cancel func()) {
		one, cancel := context.WithCancel(ctx)
		go func() {
			then := work(one)
			if then == nil || ctx.Err() != nil {
				cancel()
				return
			}
			onMain(func() { // cancels only afterwards, because then may still use what the ctx belongs to
				defer cancel()
				then()
			})
		}()
		return cancel
	}
}

// Background runs work with p. then gets its value and error on the main
// goroutine.
func Background[T any](p Poster, work func(context.Context) (T, error), then func(T, error)) {
	p(func(ctx context.Context) func() {
		v, err := work(ctx)
		return func() { then(v, err) }
	})
}

// Run is Background for work that returns only an error.
func Run(p Poster, work func(context.Context) error, then func(error)) {
	p(func(ctx context.Context) func() {
		err := work(ctx)
		return func() { then(err) }
	})
}

// Loader runs one read of a page at a time. If it is asked to read again
// meanwhile, it runs only the latest request after the present one, so the page
// ends up as new as that request.
type Loader struct {
	busy   bool
	next   func(context.Context) (then func())
	cancel func()
}

// Load runs read in the background and then, on the main goroutine, the
// function that read returned. Call it on the main goroutine.
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

// Replace is Load for a request that makes the present one useless, such as a
// longer search text. It cancels the present one.
func (l *Loader) Replace(p Poster, read func(ctx context.Context) (then func())) {
	if l.busy && l.cancel != nil {
		l.cancel()
	}
	l.Load(p, read)
}
