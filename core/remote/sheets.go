package remote

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"rentbell/core"
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

// MonthSheet is the part of a Bell that writes the rent of a month.
type MonthSheet interface {
	WriteMonth(ctx context.Context, w io.Writer, m core.Month) error
}

func (c Server) month(w http.ResponseWriter, r *http.Request) {
	m, err := core.ParseMonth(r.URL.Query().Get("month"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.stream(w, r, func(out io.Writer) error { return c.Months.WriteMonth(r.Context(), out, m) })
}

// WriteMonth copies the month sheet to w, as the other process writes it in its time zone.
func (r *Client) WriteMonth(ctx context.Context, w io.Writer, m core.Month) error {
	return r.ask(ctx, http.MethodGet, "month?"+url.Values{"month": {m.String()}}.Encode(), nil, w)
}
