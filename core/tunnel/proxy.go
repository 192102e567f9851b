package tunnel

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"golang.org/x/net/proxy"

	"rentbell/core"
)

// longestAnswer bounds the head of a proxy's answer, in bytes.
const longestAnswer = 64 << 10

// through is dial by way of a proxy, "http://HOST:PORT" or
// "socks5://HOST:PORT"; of an empty one, dial itself. The SDK could do SOCKS
// only. The proxy looks the service's name up: some networks know no other way.
func through(address string, dial dialFunc) (dialFunc, error) {
	if address == "" {
		return dial, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, core.ErrBadProxy // without the text, which may hold a password
	}
	reach := func(ctx context.Context, network, _ string) (net.Conn, error) {
		c, err := dial(ctx, network, u.Host)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", core.ErrProxyUnreachable, err)
		}
		return c, nil
	}
	switch u.Scheme {
	case "http":
		return throughHTTP(reach), nil
	case "socks5":
		return throughSOCKS(u.Host, reach)
	}
	return nil, core.ErrBadProxy
}

// throughHTTP asks a proxy to connect. ctx bounds its answer.
func throughHTTP(reach dialFunc) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := reach(ctx, network, "")
		if err != nil {
			return nil, err
		}
		stop := context.AfterFunc(ctx, func() {
			_ = c.SetDeadline(time.Unix(1, 0)) // fails only on a connection that is closed
		})
		err = connect(c, address)
		if err == nil && !stop() {
			err = ctx.Err()
		}
		if err != nil {
			_ = c.Close() // of no use any more
			return nil, err
		}
		return c, nil
	}
}

// connect has the proxy at the other end of c connect to address.
func connect(c net.Conn, address string) error {
	ask := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if err := ask.Write(c); err != nil {
		return fmt.Errorf("%w: %w", core.ErrProxyUnreachable, err)
	}
	// What the reader takes beyond the answer is lost, but there is nothing: in
	// TLS, the client speaks first.
	answer, err := http.ReadResponse(bufio.NewReader(io.LimitReader(c, longestAnswer)), ask)
	if err != nil {
		return fmt.Errorf("%w: read answer: %w", core.ErrProxyUnreachable, err)
	}
	_ = answer.Body.Close() // only the status counts
	switch status := fmt.Sprintf("%d %s", answer.StatusCode, http.StatusText(answer.StatusCode)); answer.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return fmt.Errorf("%w: %w: %s", core.ErrProxyRefused, core.ErrProxyAuth, status)
	default:
		return fmt.Errorf("%w: %s", core.ErrProxyRefused, status)
	}
}

// throughSOCKS asks a SOCKS5 proxy. ctx bounds its answer.
func throughSOCKS(host string, reach dialFunc) (dialFunc, error) {
	socks, err := proxy.SOCKS5("tcp", host, nil, &once{reach})
	if err != nil {
		return nil, fmt.Errorf("set up proxy: %w", err)
	}
	dialer, ok := socks.(proxy.ContextDialer)
	if !ok {
		return nil, fmt.Errorf("set up proxy: %w", errors.ErrUnsupported)
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dialer.DialContext(ctx, network, address)
		switch {
		case err == nil || errors.Is(err, core.ErrProxyUnreachable):
			return c, err
		case ctx.Err() != nil || errors.Is(err, os.ErrDeadlineExceeded): // the proxy says nothing
			return nil, fmt.Errorf("%w: %w", core.ErrProxyUnreachable, err)
		}
		return nil, fmt.Errorf("%w: %w", core.ErrProxyRefused, err)
	}, nil
}
