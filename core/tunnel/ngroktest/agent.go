package ngroktest

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"golang.ngrok.com/muxado/v2"
)

// patience bounds the handshake and every exchange of messages.
const patience = 10 * time.Second

// agent is one agent's connection.
type agent struct {
	service *Service
	line    *line
	mux     *muxado.Heartbeat // set before the first stream is answered
	signed  bool              // guarded by the service's state
}

// serve answers the agent's streams until the line is cut. Heartbeats are
// answered by mux.
func (a *agent) serve() {
	defer a.service.state.forget(a)
	defer a.line.Close()
	secure := tls.Server(a.line, a.service.tls)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	err := secure.HandshakeContext(ctx)
	cancel()
	if err != nil {
		return
	}
	typed := muxado.NewTypedStreamSession(muxado.Server(secure, nil))
	a.mux = muxado.NewHeartbeat(typed, func(time.Duration, bool) {}, nil)
	defer a.mux.Close()
	for {
		stream, err := a.mux.AcceptTypedStream()
		if err != nil {
			return
		}
		a.service.wg.Go(func() { a.answer(stream) })
	}
}

// answer reads one message and replies to it.
func (a *agent) answer(stream muxado.TypedStream) {
	defer stream.Close()
	if !a.dawdle() {
		return
	}
	_ = stream.SetReadDeadline(time.Now().Add(patience)) // never fails
	switch stream.StreamType() {
	case authStream:
		exchange(stream, a.auth)
	case bindStream:
		a.answerBind(stream)
	case unbindStream:
		exchange(stream, a.unbind)
	case srvInfoStream:
		exchange(stream, func(struct{}) srvInfoResponse { return srvInfoResponse{Region: "test"} })
	case patchStream:
		exchange(stream, func(json.RawMessage) errorResponse { return errorResponse{} })
	}
}

// dawdle waits as long as Slow says; false: the line was cut meanwhile.
func (a *agent) dawdle() bool {
	s := &a.service.state
	s.mu.Lock()
	slow := s.slow
	s.mu.Unlock()
	if slow == 0 {
		return true
	}
	timer := time.NewTimer(slow)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-a.line.gone:
		return false
	}
}

// exchange answers one message and reports whether the agent got the answer: it
// closes the stream when it has read it.
func exchange[Q, A any](stream muxado.Stream, reply func(Q) A) bool {
	var question Q
	if err := json.NewDecoder(stream).Decode(&question); err != nil {
		return false
	}
	if err := json.NewEncoder(stream).Encode(reply(question)); err != nil {
		return false
	}
	_, err := io.Copy(io.Discard, stream)
	return err == nil
}

func (a *agent) auth(q authRequest) (r authResponse) {
	s := &a.service.state
	s.change(func() {
		s.tokens = append(s.tokens, q.Extra.Authtoken)
		if s.refuseAuth != nil {
			r.Error = s.refuseAuth.String()
			return
		}
		a.signed = true
	})
	r.Version = "3"
	r.ClientID = q.ClientID
	if r.ClientID == "" {
		r.ClientID = rand.Text()
	}
	r.Extra.Version, r.Extra.Region = "prod", "test"
	r.Extra.Cookie, r.Extra.AgentSessionID = rand.Text(), "ts_"+rand.Text()
	r.Extra.AccountName, r.Extra.PlanName = "Oakline Property Management", "Free"
	return r
}

// answerBind puts the address online once the agent has the answer: a request
// that came earlier would find nobody.
func (a *agent) answerBind(stream muxado.Stream) {
	var host string
	var b *bound
	got := exchange(stream, func(q bindRequest) (r bindResponse) {
		r, host, b = a.bind(q)
		return r
	})
	if !got || b == nil {
		return
	}
	s := &a.service.state
	s.change(func() {
		if s.agents[a] {
			b.since = time.Now()
			s.online[host] = b
		}
	})
}

func (a *agent) bind(q bindRequest) (r bindResponse, host string, b *bound) {
	var options endpointOptions
	if err := json.Unmarshal(q.Opts, &options); err != nil {
		r.Error = refusal{"ERR_NGROK_301", "The bind payload you specified is not valid."}.String()
		return r, "", nil
	}
	r.URL = options.URL
	if r.URL == "" {
		r.URL = a.service.URL()
	}
	host, err := hostOf(r.URL)
	s := &a.service.state
	s.change(func() {
		if no := a.objection(host, err, q.Extra.Token); no != nil {
			r = bindResponse{Error: no.String()}
		}
		s.binds = append(s.binds, Bind{Asked: options.URL, URL: r.URL, Policy: options.TrafficPolicy})
	})
	if r.Error != "" {
		return r, "", nil
	}
	r.ID, r.Proto, r.Opts = q.ID, q.Proto, q.Opts
	if r.ID == "" {
		r.ID = rand.Text()
	}
	r.URL = q.Proto + "://" + host
	// The SDK shows the token of its first bind for ever.
	r.Extra.Token, r.Extra.TunnelID = cmp.Or(q.Extra.Token, rand.Text()), "tn_"+r.ID
	return r, host, &bound{agent: a, id: r.ID, token: r.Extra.Token}
}

// objection says why the agent may not have host; nil: it may. It runs under
// the state's lock.
func (a *agent) objection(host string, parseErr error, token string) *refusal {
	s := &a.service.state
	taken := s.online[host]
	switch {
	case !a.signed:
		return &refusal{"ERR_NGROK_4018", "Usage of ngrok requires a verified account and authtoken."}
	case s.refuseBind != nil:
		return s.refuseBind
	case parseErr != nil || host == "":
		return &refusal{"ERR_NGROK_326", "Invalid character in domain name."}
	case taken != nil && taken.token != token:
		return &refusal{"ERR_NGROK_334", fmt.Sprintf("The endpoint 'https://%s' is already online.", host)}
	}
	return nil
}

func (a *agent) unbind(q unbindRequest) errorResponse {
	s := &a.service.state
	r := errorResponse{Error: refusal{"ERR_NGROK_333", "No tunnel found with that ID"}.String()}
	s.change(func() {
		for host, b := range s.online {
			if b.agent == a && b.id == q.ID {
				delete(s.online, host)
				r.Error = ""
			}
		}
	})
	return r
}
