package core

import (
	"context"
	"sync"
)

// Run opens the public door, receives deliveries, keeps the address registered
// and announces what arrives, until ctx ends. Then it finishes the requests in
// flight, within shutdownTimeout, and returns when everything it started has
// ended; the store may be closed after that. It may be called once.
func (b *Bell) Run(ctx context.Context) {
	b.running.Store(true)
	defer b.running.Store(false)
	announcing, stopAnnouncing := context.WithCancel(context.WithoutCancel(ctx))
	var announcer, workers sync.WaitGroup
	announcer.Go(func() { b.announce(announcing) })
	workers.Go(func() { b.keepOpen(ctx) })
	workers.Go(func() { b.keepRegistered(ctx) })
	workers.Go(func() { b.keepWatch(ctx) })
	workers.Go(func() { b.readBack(ctx) })
	workers.Go(func() { b.keepHouse(ctx) })
	workers.Wait()
	b.endPresence(b.listening())
	stopAnnouncing() // only now: the last deliveries are announced too
	announcer.Wait()
}

// serveDoor runs serve beside the caller and closes the channel when it ends.
func serveDoor(serve func() error) <-chan error {
	ended := make(chan error, 1) // capacity 1: the caller may have stopped listening
	go func() { ended <- serve() }()
	return ended
}

// together runs all at once and returns when the last has ended.
func together(all ...func()) {
	var running sync.WaitGroup
	for _, one := range all {
		running.Go(one)
	}
	running.Wait()
}
