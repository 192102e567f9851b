package tunnel

import (
	"context"
	"sync"
	"time"

	"golang.ngrok.com/ngrok/v2"

	"rentbell/core"
)

// session turns what the SDK and the dialer report into the states that Open's
// caller sees, and ends everything when the service refuses for good.
type session struct {
	dialer *dialer
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
	dialling  bool // the service is not reached; what the SDK says meanwhile is from before
	retryAt   time.Time
	line      core.Line
	last      core.TunnelState
}

// handle takes the SDK's events. They are the only word about a refused
// sign-in, which the SDK repeats for ever, and they come from its own goroutines.
func (s *session) handle(event ngrok.Event) {
	switch event := event.(type) {
	case *ngrok.EventAgentConnectSucceeded:
		s.dialer.signedIn()
		s.up(&s.connected)
	case *ngrok.EventAgentDisconnected:
		if event.Error != nil { // nil: the last word of a session that was closed
			s.down(&s.connected, event.Error, time.Time{})
		}
	case *ngrok.EventAgentHeartbeatReceived:
		s.beat(event.Latency)
	}
}

// waiting takes the dialer's word that it pauses, after err unless that is nil.
func (s *session) waiting(err error, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.retryAt = until
	why := s.last.Err
	if err != nil {
		s.dialling = true
		why = explain(err, s.token)
	}
	if why != nil {
		s.tell(core.TunnelState{Err: why, RetryAt: until})
	}
}

// reached takes the dialer's word that there is a connection.
func (s *session) reached() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dialling, s.retryAt = false, time.Time{}
}

// up marks part, one of connected and bound, as there.
func (s *session) up(part *bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*part = true
	s.tellUp()
}

// describe keeps what the service told about the account when it let us in.
// The SDK writes the details until Connect returns, so no event may read them.
func (s *session) describe(account ngrok.AgentSession) {
	details, ok := account.(ngrok.AgentSessionDetails)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line.Plan, s.line.Region = details.PlanName(), details.Region()
}

// beat passes on how long the service took to answer a heartbeat.
func (s *session) beat(latency time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line.Latency = latency
	s.tellUp()
}

// tellUp says that deliveries can arrive, if so. The caller holds mu.
func (s *session) tellUp() {
	if s.connected && s.bound && !s.dialling {
		s.tell(core.TunnelState{Up: true, Line: s.line})
	}
}

// down marks part as lost and says why, and when it is tried again, if that is
// known. A refusal ends the endpoint's context.
func (s *session) down(part *bool, err error, retryAt time.Time) *core.TunnelError {
	s.mu.Lock()
	defer s.mu.Unlock()
	*part = false
	s.line.Latency = 0
	why := explain(err, s.token)
	if retryAt.IsZero() {
		retryAt = s.retryAt
	}
	switch {
	case why.Refused:
		s.tell(core.TunnelState{Err: why})
		s.end(why)
	case !s.dialling:
		s.tell(core.TunnelState{Err: why, RetryAt: retryAt})
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
	if same(state, s.last) {
		return
	}
	s.last = state
	s.notify(state)
}

// same compares errors by their text: the SDK makes a new one for each attempt.
func same(a, b core.TunnelState) bool {
	return a.Up == b.Up && a.Line == b.Line && a.RetryAt.Equal(b.RetryAt) &&
		(a.Err == nil) == (b.Err == nil) && (a.Err == nil || a.Err.Error() == b.Err.Error())
}
