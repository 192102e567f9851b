// Package ngroktest is a stand-in of ngrok's service on this machine, for tests
// and for trying things out: agents that use ngrok's own SDK sign in to it,
// bind an address and get requests through it, over the same TLS, the same
// multiplexed streams and the same messages.
//
// It records what agents say and can be told to refuse them, drop them and take
// addresses back. It records a traffic policy and does not run it.
package ngroktest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"rentbell/core"
)

// Config says where a Service listens. Its zero value is usable.
type Config struct {
	Addr     string       // where agents connect; empty: a free port of 127.0.0.1
	Listener net.Listener // where agents connect, instead of Addr; for Pipe
	Domain   string       // the account's own domain; empty: "rentbell-test.ngrok-free.app"
	Dir      string       // an existing directory for the CA's file; empty: one of its own, until Close
}

// Service is a running stand-in. All methods may be called from any goroutine.
type Service struct {
	domain   string
	dir      string // to be removed by Close; empty: none
	caFile   string
	listener net.Listener
	tls      *tls.Config
	edge     *http.Transport
	wg       sync.WaitGroup
	state    state
}

// Start opens a service that runs until Close.
func Start(c Config) (*Service, error) {
	s := &Service{domain: c.Domain, state: newState()}
	if s.domain == "" {
		s.domain = "rentbell-test.ngrok-free.app"
	}
	if c.Addr == "" {
		c.Addr = "127.0.0.1:0"
	}
	if err := s.identify(c.Dir); err != nil {
		return nil, err
	}
	if s.listener = c.Listener; s.listener == nil {
		var err error
		if s.listener, err = net.Listen("tcp", c.Addr); err != nil {
			return nil, errors.Join(fmt.Errorf("listen for agents: %w", err), os.RemoveAll(s.dir))
		}
	}
	s.edge = &http.Transport{DialContext: s.dial, DisableKeepAlives: true, DisableCompression: true}
	s.wg.Go(s.accept)
	return s, nil
}

// identify makes the certificates and writes the file agents trust it by.
func (s *Service) identify(dir string) (err error) {
	ca, certificate, err := newIdentity()
	if err != nil {
		return err
	}
	s.tls = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	if dir == "" {
		if dir, err = os.MkdirTemp("", "ngroktest"); err != nil {
			return fmt.Errorf("make directory for the CA: %w", err)
		}
		s.dir = dir
	}
	s.caFile = filepath.Join(dir, "ngrok-ca.pem")
	if err := os.WriteFile(s.caFile, ca, 0o600); err != nil {
		return errors.Join(fmt.Errorf("write CA: %w", err), os.RemoveAll(s.dir))
	}
	return nil
}

// New starts a service that ends with the test.
func New(t testing.TB) *Service {
	t.Helper()
	return NewAt(t, nil)
}

// NewAt starts a service for agents of that listener, which ends with the test.
func NewAt(t testing.TB, l net.Listener) *Service {
	t.Helper()
	s, err := Start(Config{Dir: t.TempDir(), Listener: l})
	if err != nil {
		t.Fatalf("start ngrok's stand-in: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close ngrok's stand-in: %v", err)
		}
	})
	return s
}

// Close disconnects all agents, stops listening and waits until all is over.
func (s *Service) Close() error {
	err := s.listener.Close()
	s.state.change(func() { s.state.closed = true })
	s.Drop()
	s.wg.Wait()
	if s.dir != "" {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	return err
}

// Addr is HOST:PORT for the agent's connect URL.
func (s *Service) Addr() string { return s.listener.Addr().String() }

// CAFile is the PEM file for the agent's connect CAs.
func (s *Service) CAFile() string { return s.caFile }

// URL is the account's own address, which an agent gets that asks for none.
func (s *Service) URL() string { return "https://" + s.domain }

// Options are those of an agent that signs in here with token.
func (s *Service) Options(token string) core.TunnelOptions {
	return core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectURL: s.Addr(), ConnectCAs: s.CAFile()}
}

// accept serves agents until the listener is closed.
func (s *Service) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		a := &agent{service: s, line: newLine(c)}
		if !s.state.join(a) { // Close would not wait for this one
			_ = c.Close()
			return
		}
		s.wg.Go(a.serve)
	}
}

// WaitOnline waits until an agent has bound address, "https://name", and has
// read the answer.
func (s *Service) WaitOnline(ctx context.Context, address string) error {
	host, err := hostOf(address)
	if err != nil {
		return err
	}
	return s.state.wait(ctx, func() bool { return s.state.online[host] != nil })
}
