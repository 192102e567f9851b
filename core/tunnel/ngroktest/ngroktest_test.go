package ngroktest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"golang.ngrok.com/muxado/v2"
)

func TestRequestsForNobodyAreAnsweredByNgrok(t *testing.T) {
	s := New(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"/webhooks/appfolio", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := s.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Ngrok-Error-Code"); response.StatusCode != http.StatusNotFound || got != "ERR_NGROK_3200" {
		t.Errorf("got %d %s, want 404 ERR_NGROK_3200", response.StatusCode, got)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	s := New(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.WaitOnline(ctx, s.URL()); !errors.Is(err, context.Canceled) {
		t.Errorf("WaitOnline returned %v, want the context's end", err)
	}
}

func TestStrangersGetNoAddress(t *testing.T) {
	s := New(t)
	pem, err := os.ReadFile(s.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	c, err := tls.Dial("tcp", s.Addr(), &tls.Config{RootCAs: pool})
	if err != nil {
		t.Fatalf("the CA's file does not vouch for the service: %v", err)
	}
	mux := muxado.NewTypedStreamSession(muxado.Client(c, nil))
	defer mux.Close()
	stream, err := mux.OpenTypedStream(bindStream)
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(stream).Encode(bindRequest{Proto: "https", Opts: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	var answer bindResponse
	if err := json.NewDecoder(stream).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if answer.URL != "" || !strings.Contains(answer.Error, "ERR_NGROK_4018") {
		t.Errorf("got %q and %q, want ERR_NGROK_4018", answer.URL, answer.Error)
	}
}

func TestCloseTakesItsDirectoryAlong(t *testing.T) {
	s, err := Start(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.CAFile()); err != nil {
		t.Errorf("no file for the CA: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if _, err := os.Stat(s.CAFile()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the CA's file outlives the service: %v", err)
	}
}
