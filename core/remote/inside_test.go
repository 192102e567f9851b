package remote

import (
	"context"
	"net"
	"net/http"
)

// Routes are what a Server answers, without a control channel.
func (c Server) Routes() http.Handler { return c.routes() }

// Connect opens the control channel of a data directory.
func Connect(ctx context.Context, dir string) (net.Conn, error) { return dial(ctx, dir) }
