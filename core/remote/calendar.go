package remote

import (
	"context"
	"io"
	"net/http"
)

// Calendar is the part of a Bell that writes the ends of leases.
type Calendar interface {
	WriteCalendar(ctx context.Context, w io.Writer) error
}

func (c Server) calendar(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	c.stream(w, r, func(out io.Writer) error { return c.Calendar.WriteCalendar(r.Context(), out) })
}

// WriteCalendar copies the ends of leases to w, as the other process writes them, which
// remembers that they were told.
func (r *Client) WriteCalendar(ctx context.Context, w io.Writer) error {
	return r.ask(ctx, http.MethodPost, "calendar", nil, w)
}
