package remote

import "net/http"

// Routes are what a Control answers, without a socket.
func (c Server) Routes() http.Handler { return c.routes() }
