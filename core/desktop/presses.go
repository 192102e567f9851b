package desktop

import (
	"maps"
	"slices"
	"sync"
)

// mostShown limits how many notifications wait for a press, in case a service
// does not say when they are gone.
const mostShown = 100

// presses holds the notifications on the screen and what to call when one is
// pressed. Services may send the presses of all programs, so unknown ids are
// ignored.
type presses struct {
	mu    sync.Mutex
	shown map[uint32]func()
	early uint32 // the last unknown id that was pressed; it may be of a notification that Notify is just showing
}

// wait calls pressed when the notification is pressed. The press may come
// before wait is called, because the service can report it as soon as it shows
// the notification.
func (p *presses) wait(id uint32, pressed func()) {
	p.mu.Lock()
	early := p.early == id
	if !early {
		if p.shown == nil {
			p.shown = map[uint32]func(){}
		}
		if len(p.shown) == mostShown {
			delete(p.shown, slices.Min(slices.Collect(maps.Keys(p.shown))))
		}
		p.shown[id] = pressed
	}
	p.mu.Unlock()
	if early {
		pressed()
	}
}

// take removes a notification and returns what to call, or nil when it is not
// ours.
func (p *presses) take(id uint32) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	pressed := p.shown[id]
	delete(p.shown, id)
	if pressed == nil {
		p.early = id
	}
	return pressed
}

// forget removes all notifications. A service that starts again numbers them
// from one.
func (p *presses) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.shown)
	p.early = 0
}
