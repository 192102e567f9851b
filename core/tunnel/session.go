package tunnel

import (
	"context"
	"sync"

	"golang.ngrok.com/ngrok/v2"

	"rentbell/core"
)

// session turns what the SDK reports into the states that Open's caller sees,
// and ends everything when the service refuses for good.
type session struct {
	token  core.Secret
	notify func(core.TunnelState)
	end    context.CancelCauseFunc
	done   <-chan struct{} // closed when the endpoint's life is over
	closed chan struct{}   // closed by Close

	// mu guards what follows and is held while notify runs, so that states
	// arrive in order.
	mu        sync.Mutex
	connected bool // signed in
	bound     bool // the address is ours; the SDK binds again before it reports a reconnect
	last      core.TunnelState
}

// handle takes the SDK's events. They are the only word about a refused
// sign-in, which the SDK repeats for ever, and they come from its own goroutine.
func (s *session) handle(event ngrok.Event) {
	switch event := event.(type) {
	case *ngrok.EventAgentConnectSucceeded:
		s.up(&s.connected)
	case *ngrok.EventAgentDisconnected:
		if event.Error != nil { // nil: the last word of a session that was closed
			s.down(&s.connected, event.Error)
		}
	}
}

// up marks part, one of connected and bound, as there.
func (s *session) up(part *bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*part = true
	if s.connected && s.bound {
		s.tell(core.TunnelState{Up: true})
	}
}

// down marks part as lost and says why. A refusal ends the endpoint's context.
func (s *session) down(part *bool, err error) *core.TunnelError {
	s.mu.Lock()
	defer s.mu.Unlock()
	*part = false
	why := explain(err, s.token)
	s.tell(core.TunnelState{Err: why})
	if why.Refused {
		s.end(why)
	}
	return why
}

// tell passes a state on if it is news. The caller holds mu.
func (s *session) tell(state core.TunnelState) {
	select {
	case <-s.done:
		return // what a session says while it is being closed is no news
	case <-s.closed:
		return
	default:
	}
	if state.Up == s.last.Up && state.Err != nil && s.last.Err != nil && state.Err.Error() == s.last.Err.Error() {
		return
	}
	s.last = state
	s.notify(state)
}
