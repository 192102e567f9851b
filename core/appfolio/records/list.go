package records

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

const (
	pageSize    = 500
	mostIDs     = 50  // in one request, or its address would become too long
	longestID   = 100 // bytes; AppFolio's have 36
	sinceLayout = "2006-01-02T15:04:05Z"
)

// query describes a list of the Database API: rows R become records T.
type query[R, T any] struct {
	name   string
	filter Filter
	record func(row R, unread string) (T, string) // and its id
	strays bool                                   // rows without an id are listed, too
}

// list yields the records that a query finds.
func list[R, T any](ctx context.Context, c *Client, a core.Account, q query[R, T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		s, err := c.database(a)
		if err != nil {
			q.fail(err, yield)
			return
		}
		for _, filters := range q.filter.values() {
			done, err := q.pages(ctx, s, filters, yield)
			if err != nil {
				q.fail(err, yield)
			}
			if done || err != nil {
				return
			}
		}
	}
}

func (q query[R, T]) fail(err error, yield func(T, error) bool) {
	var none T
	yield(none, fmt.Errorf("read %s: %w", q.name, err))
}

// pages yields the records of a first page and of those that follow it. done is true
// when the caller's loop has ended.
func (q query[R, T]) pages(ctx context.Context, s *api, filters url.Values, yield func(T, error) bool) (done bool, err error) {
	target := s.base.JoinPath(s.path, q.name)
	target.RawQuery = filters.Encode()
	for rows, err := range pages[R](ctx, s, call{method: http.MethodGet, target: target, limit: pageTimeout}) {
		if err != nil {
			return false, err
		}
		for _, row := range rows {
			record, id := q.record(row.row, row.unread)
			if (id != "" || q.strays) && !yield(record, nil) {
				return true, nil
			}
		}
	}
	return false, nil
}

// values are the queries of the requests that a filter needs. AppFolio demands a
// filter, so all records are those changed since 1970.
func (f Filter) values() []url.Values {
	v := url.Values{"page[size]": {strconv.Itoa(pageSize)}}
	if !f.Since.IsZero() || len(f.IDs) == 0 {
		since := f.Since.UTC()
		if f.Since.IsZero() {
			since = time.Unix(0, 0).UTC()
		}
		v.Set("filters[LastUpdatedAtFrom]", since.Format(sinceLayout))
	}
	if len(f.IDs) == 0 {
		return []url.Values{v}
	}
	var all []url.Values
	for ids := range slices.Chunk(slices.DeleteFunc(slices.Clone(f.IDs), isNoID), mostIDs) {
		one := url.Values{"filters[Id]": {strings.Join(ids, ",")}}
		for name, value := range v {
			one[name] = value
		}
		all = append(all, one)
	}
	return all
}

// isNoID reports whether id cannot be asked for, because AppFolio would read it as
// several ids or as none. No record has such an id.
func isNoID(id string) bool {
	return id == "" || len(id) > longestID || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == ',' || r > '~' })
}

// pages yields the rows of a first page and of those that follow it, until a page
// names no next one. A short or empty page is not the end.
func pages[R any](ctx context.Context, s *api, first call) iter.Seq2[[]found[R], error] {
	return func(yield func([]found[R], error) bool) {
		seen := map[string]bool{}
		for c := first; ; {
			p, err := onePage[R](ctx, s, c)
			if len(seen) > 0 && c.method == http.MethodPost && wantsGet(err) {
				c.method = http.MethodGet // and so are the pages after it
				p, err = onePage[R](ctx, s, c)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(p.rows, nil) || p.next == "" {
				return
			}
			seen[c.target.String()] = true
			c.body = nil
			if c.target, err = s.follow(string(p.next)); err == nil {
				err = misled(seen, c.target)
			}
			if err != nil {
				yield(nil, s.silence(http.StatusOK, err))
				return
			}
		}
	}
}

// wantsGet reports whether a further page of a report may be there for GET alone.
func wantsGet(err error) bool {
	refused := (*core.Refused)(nil)
	return errors.As(err, &refused) && slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, refused.Status)
}

func onePage[R any](ctx context.Context, s *api, c call) (p page[R], err error) {
	start := s.client.now()
	if err = s.ask(ctx, c, p.read); err != nil {
		return p, err
	}
	s.client.log.Debug("page read", "path", c.target.Path, "rows", len(p.rows), "took", s.client.now().Sub(start))
	return p, nil
}

// tryRecords asks for the properties that changed just now; there is rarely one.
func (c *Client) tryRecords(ctx context.Context, a core.Account, now time.Time) error {
	s, err := c.database(a)
	if err != nil {
		return fmt.Errorf("try credentials: %w", err)
	}
	target := s.base.JoinPath(s.path, "properties")
	target.RawQuery = url.Values{"page[size]": {"1"}, "filters[LastUpdatedAtFrom]": {now.UTC().Format(sinceLayout)}}.Encode()
	if _, err = onePage[propertyRow](ctx, s, call{http.MethodGet, target, nil, tryTimeout, tryTimeout}); err != nil {
		return fmt.Errorf("try credentials: %w", err)
	}
	return nil
}
