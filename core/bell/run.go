package bell

import (
	"context"
	"sync"
)

// Run opens the public door, receives deliveries, keeps the address registered
// and announces what arrives, until ctx ends. Then it finishes the requests in
// flight and returns when everything it started has ended; the store may be closed
// after that. It may be called once.
func (b *Bell) Run(ctx context.Context) {
	b.running.Store(true)
	defer b.running.Store(false)
	announcing, stopAnnouncing := context.WithCancel(context.WithoutCancel(ctx))
	var announcer, workers sync.WaitGroup
	announcer.Go(func() { b.announce.Run(announcing) })
	workers.Go(func() { b.choices.AwaitVault(ctx) })
	workers.Go(func() { b.door.Run(ctx) })
	workers.Go(func() { b.register.Run(ctx) })
	workers.Go(func() { b.runReadBack(ctx) })
	workers.Go(func() { b.house.Run(ctx) })
	workers.Go(func() { b.lookout.Run(ctx) })
	workers.Go(func() { b.inbox.Run(ctx) })
	workers.Go(func() { b.runOffice(ctx) })
	workers.Wait()
	stopAnnouncing() // only now: the last deliveries are announced too
	announcer.Wait()
}

// together runs all at once and returns when the last has ended.
func together(all ...func()) {
	var running sync.WaitGroup
	for _, one := range all {
		running.Go(one)
	}
	running.Wait()
}
