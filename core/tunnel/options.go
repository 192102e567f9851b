package tunnel

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"golang.ngrok.com/ngrok/v2"

	"rentbell/core"
)

// A line that has gone silent is noticed, and left, when no heartbeat has come
// back for heartbeatInterval and heartbeatTolerance together. They are the
// SDK's own numbers too, fixed here because what people are told rests on them.
const (
	heartbeatInterval  = 10 * time.Second
	heartbeatTolerance = 15 * time.Second
)

// largestCAs bounds the file of certificates, in bytes: far above a whole system's.
const largestCAs = 4 << 20

// Errors that Open finds without asking the service. They come wrapped in a
// *core.TunnelError with Refused set.
var (
	// ErrNoAuthtoken: there is nothing to sign in with.
	ErrNoAuthtoken = errors.New("no ngrok authtoken")
	// ErrBadConnectURL: the service's address is no HOST:PORT.
	ErrBadConnectURL = errors.New("ngrok connect URL is no HOST:PORT")
	// ErrBadConnectCAs: the file holds no PEM certificate.
	ErrBadConnectCAs = errors.New("no PEM certificate in ngrok connect CAs")
)

// agentOptions are those of every agent, whether it signs in or only tries the
// way.
func agentOptions(o core.TunnelOptions) ([]ngrok.AgentOption, error) {
	if err := (core.Settings{Address: o.URL, Proxy: o.Proxy}).Validate(); err != nil {
		return nil, err // the SDK would take tcp:// and plain http:// too
	}
	options := []ngrok.AgentOption{
		ngrok.WithLogger(slog.New(slog.DiscardHandler)), // what it says may repeat the authtoken
	}
	if o.ConnectURL != "" {
		host, _, err := net.SplitHostPort(o.ConnectURL)
		if err != nil || host == "" {
			return nil, ErrBadConnectURL
		}
		options = append(options, ngrok.WithAgentConnectURL(o.ConnectURL),
			// The SDK takes all before the first colon, which is no IPv6 address.
			ngrok.WithTLSConfig(func(c *tls.Config) { c.ServerName = host }))
	}
	if o.ConnectCAs != "" {
		pool, err := readCAs(o.ConnectCAs)
		if err != nil {
			return nil, err
		}
		options = append(options, ngrok.WithAgentConnectCAs(pool))
	}
	return options, nil
}

func readCAs(file string) (*x509.CertPool, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read ngrok connect CAs: %w", err)
	case !info.Mode().IsRegular(): // a pipe or a device might never end
		return nil, fmt.Errorf("read ngrok connect CAs: %s: %w", file, core.ErrNotFile)
	case info.Size() > largestCAs:
		return nil, fmt.Errorf("%w: %s is too large", ErrBadConnectCAs, file)
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read ngrok connect CAs: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%w: %s", ErrBadConnectCAs, file)
	}
	return pool, nil
}
