package tunnel

import (
	"context"
	"errors"
	"testing"
	"time"

	"golang.ngrok.com/ngrok/v2"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

// newSession is a session that tells its states to the channel.
func newSession(t *testing.T) (*session, chan core.TunnelState) {
	t.Helper()
	notify, states := watch()
	ctx, end := context.WithCancelCause(t.Context())
	return &session{dialer: &dialer{}, notify: notify, end: end, done: ctx.Done(), closed: make(chan struct{})}, states
}

func TestLineIsDescribedAndItsLatencyTold(t *testing.T) {
	service := ngroktest.New(t)
	notify, states := watch()
	endpoint, err := Ngrok{heartbeat: 50 * time.Millisecond}.Open(t.Context(), service.Options(token), notify)
	if err != nil {
		t.Fatal(err)
	}
	defer endpoint.Close()
	if got, want := await(t, states, up).Line, (core.Line{Plan: "Free", Region: "test"}); got != want {
		t.Errorf("the line is %+v at first, want %+v", got, want)
	}
	beat := await(t, states, func(s core.TunnelState) bool { return s.Line.Latency > 0 })
	if !up(beat) || beat.Line.Plan != "Free" || beat.Line.Latency > patience {
		t.Errorf("after a heartbeat, told %+v", beat)
	}
}

func TestEveryHeartbeatWithNewsIsTold(t *testing.T) {
	s, states := newSession(t)
	beat := func(latency time.Duration) { s.handle(&ngrok.EventAgentHeartbeatReceived{Latency: latency}) }
	beat(time.Second) // nothing is up yet
	s.up(&s.bound)
	s.handle(&ngrok.EventAgentConnectSucceeded{})
	beat(30 * time.Millisecond)
	beat(30 * time.Millisecond)
	beat(40 * time.Millisecond)
	s.handle(&ngrok.EventAgentDisconnected{Error: errors.New("EOF")})
	beat(50 * time.Millisecond) // of the line that is gone
	var got []time.Duration
	for len(states) > 0 {
		if state := <-states; state.Up {
			got = append(got, state.Line.Latency)
		}
	}
	want := []time.Duration{time.Second, 30 * time.Millisecond, 40 * time.Millisecond}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("told %v, want %v", got, want)
	}
}

// TestWhatTheSDKSaysLateIsNoNews: the SDK's events come from another goroutine
// than its dials, so they may come after the dialer has failed already.
func TestWhatTheSDKSaysLateIsNoNews(t *testing.T) {
	s, states := newSession(t)
	s.up(&s.bound)
	until := time.Now().Add(time.Minute)
	s.waiting(errors.New("refused"), until)
	s.handle(&ngrok.EventAgentConnectSucceeded{})
	s.handle(&ngrok.EventAgentDisconnected{Error: errors.New("EOF")})
	if state := <-states; !down(state) || !state.RetryAt.Equal(until) || len(states) != 0 {
		t.Errorf("told %+v and %d more, want the failed dial alone", state, len(states))
	}
	s.reached()
	s.handle(&ngrok.EventAgentConnectSucceeded{})
	if state := <-states; !up(state) {
		t.Errorf("told %+v, want up", state)
	}
}

func TestPauseAfterADropSaysWhenItEnds(t *testing.T) {
	until := time.Now().Add(time.Second)
	drop := &ngrok.EventAgentDisconnected{Error: errors.New("EOF")}
	tests := []struct {
		name string
		tell func(s *session)
		want int
	}{
		{"drop is told first", func(s *session) { s.handle(drop); s.waiting(nil, until) }, 2},
		{"pause is told first", func(s *session) { s.waiting(nil, until); s.handle(drop) }, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, states := newSession(t)
			tt.tell(s)
			if len(states) != tt.want {
				t.Fatalf("told %d states, want %d", len(states), tt.want)
			}
			var last core.TunnelState
			for len(states) > 0 {
				last = <-states
			}
			if !down(last) || !last.RetryAt.Equal(until) {
				t.Errorf("told %+v last, want down until %v", last, until)
			}
		})
	}
}

func TestRefusalIsToldWhileTheServiceIsDialled(t *testing.T) {
	s, states := newSession(t)
	s.waiting(errors.New("refused"), time.Now())
	<-states
	s.handle(&ngrok.EventAgentDisconnected{Error: errors.New("no. ERR_NGROK_107")})
	if state := <-states; !refused(state.Err, "ERR_NGROK_107") {
		t.Errorf("told %+v, want the refusal", state)
	}
	select {
	case <-s.done:
	default:
		t.Error("a refusal does not end the endpoint")
	}
}
