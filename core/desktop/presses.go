//go:build linux || freebsd || netbsd || openbsd || dragonfly

package desktop

import (
	"maps"
	"slices"
	"sync"

	"github.com/godbus/dbus/v5"
)

// mostShown bounds the notifications that can be pressed, should a service not
// tell when they are gone.
const mostShown = 100

// presses are the notifications on the screen, and what pressing them does. The
// service tells everybody about everybody's; those of others are passed over.
type presses struct {
	mu    sync.Mutex
	shown map[uint32]func()
	early uint32 // pressed before anybody knew it was ours
}

// wait has pressed called once the notification is. It may have been already:
// the service tells of a press as soon as it has shown it.
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

// take ends the wait for a notification and returns what to call, if it is ours.
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

// forget forgets all: a service that starts anew counts from one again.
func (p *presses) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.shown)
	p.early = 0
}

// DeliverSignal implements dbus.SignalHandler. It runs on the connection's own
// goroutine, which must not be held up.
func (p *presses) DeliverSignal(_, _ string, s *dbus.Signal) {
	if s.Name == "org.freedesktop.DBus.NameOwnerChanged" {
		p.forget()
		return
	}
	if len(s.Body) == 0 {
		return
	}
	id, _ := s.Body[0].(uint32)
	switch s.Name {
	case service + ".ActionInvoked":
		if pressed := p.take(id); pressed != nil {
			pressed()
		}
	case service + ".NotificationClosed":
		p.mu.Lock()
		delete(p.shown, id)
		p.mu.Unlock()
	}
}
