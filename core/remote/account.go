package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"rentbell/core"
)

func (c Server) account(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	c.stream(w, r, func(out io.Writer) error {
		a, err := c.Exports.StatementAccount(r.Context())
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(a)
	})
}

// StatementAccount is the account that exported statements are of. The other process
// makes it when there is none.
func (r *Client) StatementAccount(ctx context.Context) (a core.StatementAccount, err error) {
	var answer bytes.Buffer
	if err := r.ask(ctx, http.MethodPost, "account", nil, &answer); err != nil {
		return a, err
	}
	if err := json.Unmarshal(answer.Bytes(), &a); err != nil {
		return a, fmt.Errorf("read the account of statements: %w", err)
	}
	return a, nil
}
