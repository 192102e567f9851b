package records

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"rentbell/core"
)

const (
	userAgent = "Rentbell"

	pageTimeout = time.Minute      // for a whole page; AppFolio is slow to make large ones
	tryTimeout  = 15 * time.Second // for a page that a user waits for
	maxHeader   = 64 << 10
)

// Config is what a Client is made of. All of it is optional.
type Config struct {
	Now func() time.Time // nil: time.Now
	Log *slog.Logger     // nil: nothing is logged
	// Transport replaces the network and the account's proxy in tests.
	Transport http.RoundTripper
}

// Client asks AppFolio. Its methods may be called from any goroutine; together they
// keep AppFolio's limits. Their errors are *core.Refused, core.ErrNotSetUp and other
// errors of the account's settings, or that of their context, and hold no secret.
type Client struct {
	now       func() time.Time
	log       *slog.Logger
	transport http.RoundTripper

	mu       sync.Mutex // guards what follows
	limiters map[string]*limiter
	proxy    string          // the one that direct uses
	direct   *http.Transport // nil: none was needed yet
}

// New returns a Client whose limits start unused.
func New(cfg Config) *Client {
	c := &Client{now: cfg.Now, log: cfg.Log, transport: cfg.Transport, limiters: map[string]*limiter{}}
	if c.now == nil {
		c.now = time.Now
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Close closes the connections that are kept open for the next page. The Client
// stays usable.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.direct != nil {
		c.direct.CloseIdleConnections()
	}
}

// WorkOrders lists work orders, page by page as the caller consumes them. Like the
// lists below it ends after the first error, and yields a page whole or not at all. A
// row without an id is listed, so that somebody looks at it; those of leases and
// tenants are as well.
func (c *Client) WorkOrders(ctx context.Context, a core.Account, f Filter) iter.Seq2[WorkOrder, error] {
	return list(ctx, c, a, query[workOrderRow, WorkOrder]{"work_orders", f, workOrderRow.record, true})
}

// Leases lists leases; see WorkOrders.
func (c *Client) Leases(ctx context.Context, a core.Account, f Filter) iter.Seq2[Lease, error] {
	return list(ctx, c, a, query[leaseRow, Lease]{"leases", f, leaseRow.record, true})
}

// Tenants lists tenants, past and future ones too; see WorkOrders.
func (c *Client) Tenants(ctx context.Context, a core.Account, f Filter) iter.Seq2[Tenant, error] {
	return list(ctx, c, a, query[tenantRow, Tenant]{"tenants", f, tenantRow.record, true})
}

// Properties lists properties, hidden ones too; see WorkOrders.
func (c *Client) Properties(ctx context.Context, a core.Account, f Filter) iter.Seq2[Property, error] {
	return list(ctx, c, a, query[propertyRow, Property]{"properties", f, propertyRow.record, false})
}

// Units lists units; see WorkOrders.
func (c *Client) Units(ctx context.Context, a core.Account, f Filter) iter.Seq2[Unit, error] {
	return list(ctx, c, a, query[unitRow, Unit]{"units", f, unitRow.record, false})
}

// Vendors lists vendors; see WorkOrders.
func (c *Client) Vendors(ctx context.Context, a core.Account, f Filter) iter.Seq2[Vendor, error] {
	return list(ctx, c, a, query[vendorRow, Vendor]{"vendors", f, vendorRow.record, false})
}

// Try makes one cheap request to each API to see whether AppFolio accepts the
// account's credentials. receipts is about the Reports API, and nil when none is set
// up. Try waits 15 seconds at most, for AppFolio and for its limits each.
func (c *Client) Try(ctx context.Context, a core.Account) (records, receipts error) {
	now := c.now()
	records = c.tryRecords(ctx, a, now)
	if a.Space.Receipts() {
		receipts = c.tryReceipts(ctx, a, core.DateOf(now))
	}
	return records, receipts
}

// httpClient returns a client that uses proxy and follows no redirect, because the
// credentials would go along.
func (c *Client) httpClient(proxy string, limit time.Duration) (*http.Client, error) {
	transport, err := c.way(proxy)
	if err != nil {
		return nil, err
	}
	return &http.Client{
		Transport:     transport,
		Timeout:       limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// way returns the transport for a proxy. It keeps connections open between pages
// and closes them when the proxy changes.
func (c *Client) way(proxy string) (http.RoundTripper, error) {
	if c.transport != nil {
		return c.transport, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.direct != nil && c.proxy == proxy {
		return c.direct, nil
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxResponseHeaderBytes = maxHeader
	var err error
	if transport.Proxy, err = core.ProxyFunc(proxy); err != nil {
		return nil, err
	}
	if c.direct != nil {
		c.direct.CloseIdleConnections()
	}
	c.direct, c.proxy = transport, proxy
	return transport, nil
}

// limiter returns the limiter that all requests to the API at that address share.
func (c *Client) limiter(api string, windows []window) *limiter {
	c.mu.Lock()
	defer c.mu.Unlock()
	l, known := c.limiters[api]
	if !known {
		l = newLimiter(windows, c.now)
		c.limiters[api] = l
	}
	return l
}
