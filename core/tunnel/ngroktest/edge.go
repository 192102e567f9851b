package ngroktest

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// client is where all requests seem to come from; the block is for examples
// (RFC 5737).
const client = "203.0.113.7"

// RoundTrip implements http.RoundTripper: it sends a request for an address to
// the agent that has bound it, as ngrok's edge does. A Service is therefore
// the Transport of an http.Client for the whole public internet. Without an
// agent the answer is ngrok's own, 404 with ERR_NGROK_3200.
//
// A request that fails within a second of the bind is sent again: an agent's
// listener is not ready at the very moment it has read the answer.
func (s *Service) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		body, err = io.ReadAll(r.Body)
		_ = r.Body.Close() // nothing more is wanted of it
		if err != nil {
			return nil, fmt.Errorf("read request: %w", err)
		}
	}
	for {
		b := s.lookup(r.URL.Hostname())
		if b == nil {
			return offline(r), nil
		}
		response, err := s.edge.RoundTrip(forwarded(r, body))
		if err == nil || time.Since(b.since) > time.Second {
			return response, err
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-r.Context().Done():
			return nil, err
		}
	}
}

// forwarded is the request as the agent sees it.
func forwarded(r *http.Request, body []byte) *http.Request {
	out := r.Clone(r.Context())
	out.URL.Scheme = "http"
	if r.Body != nil {
		out.Body = io.NopCloser(bytes.NewReader(body))
	}
	if out.Host == "" {
		out.Host = r.URL.Host
	}
	out.Header.Set("X-Forwarded-For", client)
	out.Header.Set("X-Forwarded-Host", out.Host)
	out.Header.Set("X-Forwarded-Proto", "https")
	return out
}

func offline(r *http.Request) *http.Response {
	const text = "The endpoint is offline.\r\n\r\nERR_NGROK_3200\r\n"
	return &http.Response{
		Status: "404 Not Found", StatusCode: http.StatusNotFound,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        http.Header{"Ngrok-Error-Code": {"ERR_NGROK_3200"}},
		Body:          io.NopCloser(strings.NewReader(text)),
		ContentLength: int64(len(text)),
		Request:       r,
	}
}

func (s *Service) lookup(host string) *bound {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	return s.state.online[strings.ToLower(host)]
}

// dial opens a connection to the agent that has bound the host of address.
func (s *Service) dial(_ context.Context, _, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	b := s.lookup(host)
	if b == nil {
		return nil, fmt.Errorf("%s went offline", host)
	}
	stream, err := b.agent.mux.OpenTypedStream(proxyStream)
	if err != nil {
		return nil, fmt.Errorf("open proxy stream: %w", err)
	}
	header, err := json.Marshal(proxyHeader{ID: b.id, ClientAddr: client + ":40000", Proto: "https", EdgeType: "0"})
	if err != nil {
		return nil, err
	}
	message := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	if _, err := stream.Write(append(message, header...)); err != nil {
		return nil, fmt.Errorf("write proxy header: %w", err)
	}
	return stream, nil
}

// TakeBack stops every address that is online, as happens when somebody stops
// it on ngrok's dashboard. The agents stay signed in.
func (s *Service) TakeBack(code, text string) error {
	var taken []*bound
	s.state.change(func() {
		taken = slices.Collect(maps.Values(s.state.online))
		clear(s.state.online)
	})
	for _, b := range taken {
		stream, err := b.agent.mux.OpenTypedStream(stopBindStream)
		if err != nil {
			return fmt.Errorf("open stop stream: %w", err)
		}
		// An agent may hang up as soon as it has read this, before the write
		// returns: an error says nothing.
		_ = json.NewEncoder(stream).Encode(stopBind{ID: b.id, Message: text, ErrorCode: code})
		_ = stream.Close()
	}
	return nil
}
