package space

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rentbell/core/appfolio/sandbox"
)

// Statuses of the Database API that HTTP does not know.
const (
	statusUnavailable   = 533 // maintenance, or a window that is too wide
	StatusBadCredential = 701 // the client id, its secret or the developer id is wrong
)

const numberParam = "page[number]"

// question is what a list is asked for.
type question struct {
	since        time.Time
	among        map[string][]string // the values that a field may have
	number, size int                 // of the page
}

func (s *Space) serveRecords(w http.ResponseWriter, r *http.Request) {
	topic, params := r.PathValue("topic"), r.URL.Query()
	if s.books.shelves[topic] == nil {
		fail(w, http.StatusNotFound, "No such resource")
		return
	}
	q, err := ask(params)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	if q.size == 0 || q.size > s.config.PageSize {
		q.size = s.config.PageSize
	}
	data, more, open := s.page(topic, q)
	if !open {
		fail(w, statusUnavailable, "Data is unavailable")
		return
	}
	answer := map[string]any{"data": data, "next_page_path": nil}
	if more {
		params.Set(numberParam, strconv.Itoa(q.number+1))
		answer["next_page_path"] = "/api/v0/" + topic + "?" + params.Encode()
	}
	sandbox.Reply(w, http.StatusOK, answer)
}

// ask reads the parameters. AppFolio refuses a question without a filter.
func ask(params url.Values) (question, error) {
	q := question{among: map[string][]string{}, number: 1}
	var err error
	for name, values := range params {
		value := values[0]
		filter, _ := strings.CutPrefix(name, "filters[")
		switch name {
		case "filters[LastUpdatedAtFrom]":
			q.since, err = time.Parse(time.RFC3339, value)
		case "filters[Id]", "filters[PropertyId]", "filters[Status]":
			q.among[strings.TrimSuffix(filter, "]")] = strings.Split(value, ",")
		case numberParam:
			q.number, err = strconv.Atoi(value)
		case "page[size]":
			q.size, err = strconv.Atoi(value)
		default:
			return q, fmt.Errorf("%.100q is no parameter", name)
		}
		if err != nil || q.number < 0 || q.size < 0 {
			return q, fmt.Errorf("%s is not usable", name)
		}
	}
	if q.since.IsZero() && len(q.among) == 0 {
		return q, errors.New("at least one filter is required")
	}
	q.number = max(1, q.number)
	return q, nil
}

// page returns the records in a window over those that match. open is false while
// the Database API is closed, and when the question reaches too far back. Destroyed
// records keep their place in the window, so that no record slips to a page that was
// read already. Every second window is half as wide: a short page need not be the
// last one.
func (s *Space) page(topic string, q question) (data []fields, more, open bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	tooWide := s.config.MaxWindow > 0 && !q.since.IsZero() && now.Sub(q.since) > s.config.MaxWindow
	if tooWide || !now.Before(s.closed[0]) && now.Before(s.closed[1]) {
		return nil, false, false
	}
	half := (q.size + 1) / 2
	from := (q.number - 1) / 2 * (q.size + half)
	to := from + q.size
	if q.number%2 == 0 {
		from, to = to, to+half
	}
	data, place := []fields{}, 0 // never null
	for _, r := range s.books.shelves[topic].records {
		v, known := r.at(now)
		if !known || !q.matches(v) {
			continue
		}
		if place >= to {
			return data, true, true
		}
		if place >= from && !v.gone {
			data = append(data, v.value)
		}
		place++
	}
	return data, false, true
}

func (q question) matches(v version[fields]) bool {
	for name, wanted := range q.among {
		if !slices.Contains(wanted, v.value.text(name)) {
			return false
		}
	}
	return !v.changed.Before(q.since)
}

// Maintain closes the Database API from one time of the Space's clock to
// another, as AppFolio does at night.
func (s *Space) Maintain(from, to time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = [2]time.Time{from, to}
}

// fail answers as AppFolio's APIs do when they refuse a call.
func fail(w http.ResponseWriter, status int, message string) {
	sandbox.Reply(w, status, map[string]string{"code": strconv.Itoa(status), "message": message})
}
