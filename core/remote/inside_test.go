package remote

import (
	"context"
	"io"
	"net"
	"net/http"

	"rentbell/core/export"
)

// Routes are what a Server answers, without a control channel.
func (c Server) Routes() http.Handler { return c.routes() }

// Connect opens the control channel of a data directory.
func Connect(ctx context.Context, dir string) (net.Conn, error) { return dial(ctx, dir) }

// ServeClaim takes the steps of a client with its claim.
func ServeClaim(claim export.Claim, from io.Reader, to io.Writer) error {
	return serveClaim(claim, from, to)
}
