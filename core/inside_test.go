package core

import "net/http"

// Routes are what a Control answers, without a socket.
func (c Control) Routes() http.Handler { return c.routes() }
