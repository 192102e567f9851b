package ngroktest

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Bind is one request for an address.
type Bind struct {
	Asked  string // the address asked for; empty: the account's own
	URL    string // the address given; empty when it was refused
	Policy string // the traffic policy, as sent
}

// refusal is an answer of the service instead of a yes.
type refusal struct{ code, text string }

// String is spelt as the service does, code last.
func (r refusal) String() string { return r.text + "\r\n\r\n" + r.code + "\r\n" }

// bound is an address that is online.
type bound struct {
	agent *agent
	id    string
	token string // proves to a later session that it is the same agent
	since time.Time
}

// state is what a Service remembers.
type state struct {
	mu         sync.Mutex
	closed     bool
	agents     map[*agent]bool
	online     map[string]*bound // by host
	tokens     []string
	binds      []Bind
	refuseAuth *refusal
	refuseBind *refusal
	slow       time.Duration
	changed    chan struct{} // closed, and replaced, at each change
}

func newState() state {
	return state{agents: map[*agent]bool{}, online: map[string]*bound{}, changed: make(chan struct{})}
}

// change runs f and wakes whoever waits.
func (s *state) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	close(s.changed)
	s.changed = make(chan struct{})
}

// wait returns nil as soon as reached, which runs under mu, says so.
func (s *state) wait(ctx context.Context, reached func() bool) error {
	for {
		s.mu.Lock()
		ok, changed := reached(), s.changed
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// join admits an agent's connection; not after Close.
func (s *state) join(a *agent) (ok bool) {
	s.change(func() {
		if ok = !s.closed; ok {
			s.agents[a] = true
		}
	})
	return ok
}

// forget drops all that belongs to a connection that is gone.
func (s *state) forget(a *agent) {
	s.change(func() {
		delete(s.agents, a)
		maps.DeleteFunc(s.online, func(_ string, b *bound) bool { return b.agent == a })
	})
}

// Refuse makes every sign-in from now on fail with code, "ERR_NGROK_105", and text.
// Agents that are signed in stay; see Drop.
func (s *Service) Refuse(code, text string) {
	s.state.change(func() { s.state.refuseAuth = &refusal{code, text} })
}

// RefuseBind makes every bind from now on fail with code and text.
func (s *Service) RefuseBind(code, text string) {
	s.state.change(func() { s.state.refuseBind = &refusal{code, text} })
}

// Welcome takes back Refuse and RefuseBind.
func (s *Service) Welcome() {
	s.state.change(func() { s.state.refuseAuth, s.state.refuseBind = nil, nil })
}

// Authtokens are those that agents have signed in with, refused ones too,
// in order.
func (s *Service) Authtokens() []string {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	return slices.Clone(s.state.tokens)
}

// Binds are the addresses agents have asked for, in order.
func (s *Service) Binds() []Bind {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	return slices.Clone(s.state.binds)
}

// Drop cuts the line to every agent, without a word. Their addresses are
// offline when it returns, and agents may come back.
func (s *Service) Drop() {
	s.state.change(func() {
		for a := range s.state.agents {
			_ = a.line.Close() // fails only when the agent was faster
		}
		clear(s.state.online)
	})
}

// Freeze makes every line that is there go silent, without an end: no agent is
// told, and their addresses stay online. Agents that dial anew are served.
func (s *Service) Freeze() {
	s.state.change(func() {
		for a := range s.state.agents {
			a.line.freeze()
		}
	})
}

// Slow makes every answer take that much longer; heartbeats are answered at once.
func (s *Service) Slow(d time.Duration) {
	s.state.change(func() { s.state.slow = d })
}

// hostOf returns the host of an address, which may come without a scheme.
func hostOf(address string) (string, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("parse address: %w", err)
	}
	return strings.ToLower(u.Hostname()), nil
}
