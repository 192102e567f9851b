package remote

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"rentbell/core"
)

// Names is the part of a Bell that gives names out.
type Names interface {
	WriteNames(w io.Writer, kind core.NameKind) error
}

func (c Server) writeNames(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	c.stream(w, r, func(out io.Writer) error {
		return c.Names.WriteNames(out, core.NameKind(r.URL.Query().Get("kind")))
	})
}

// Names copies the names of a kind that the user gave to w, as names.Write writes
// them; an empty kind is all of them.
func (r *Client) Names(ctx context.Context, w io.Writer, kind core.NameKind) error {
	return r.ask(ctx, http.MethodGet, "names?"+url.Values{"kind": {string(kind)}}.Encode(), nil, w)
}
