package readback

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// narrower are the windows that are tried when AppFolio finds one too wide, in
// days. What lies further back is read when something mentions it.
var narrower = []int{5 * 365, 365, 60}

// readSince reads what has changed since a time, or as far back as AppFolio lets
// us. A window too wide is refused in the words of its nightly maintenance.
func (s *session) readSince(ctx context.Context, k kind, since time.Time, o options) error {
	err := s.read(ctx, k, records.Filter{Since: since}, o)
	for _, days := range narrower {
		from := s.desk.Now().AddDate(0, 0, -days)
		if !errors.Is(err, core.ErrUnavailable) {
			return err
		}
		if from.After(since) {
			err = s.read(ctx, k, records.Filter{Since: from}, o)
		}
	}
	return err
}

// read reads what the account may.
func (s *session) read(ctx context.Context, k kind, f records.Filter, o options) error {
	err := k.read(ctx, s, f, o)
	if s.withheld(k, err) {
		return nil
	}
	return err
}

// withheld reports whether AppFolio lets the account read other things than this
// kind, which only gives names: ids stand for them, then. Where it lets the
// account read nothing, the kinds that matter say so.
func (s *session) withheld(k kind, err error) bool {
	refused := (*core.Refused)(nil)
	if slices.Contains(often, k.name()) || !errors.As(err, &refused) {
		return false
	}
	is := refused.Status == http.StatusForbidden || refused.Status == http.StatusNotFound
	if is {
		s.log.Warn("AppFolio withholds names", "of", k.name(), "status", refused.Status, "request", refused.RequestID)
	}
	return is
}

// isDue reports whether something that was last done at a time is to be done
// again. A clock that was set back must not make us wait for the old time.
func isDue(last, now time.Time, every time.Duration) bool {
	return last.After(now) || now.Sub(last) >= every
}
