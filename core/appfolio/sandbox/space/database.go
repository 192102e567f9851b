package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Statuses of the Database API that HTTP does not know.
const (
	StatusUnavailable   = 533 // maintenance, or a window that is too wide
	StatusBadCredential = 701
)

// The parameters of a list.
const (
	sinceParam    = "filters[LastUpdatedAtFrom]"
	idParam       = "filters[Id]"
	propertyParam = "filters[PropertyId]"
	statusParam   = "filters[Status]"
	numberParam   = "page[number]"
	sizeParam     = "page[size]"
)

// question is what a list is asked for.
type question struct {
	since                     time.Time
	ids, properties, statuses []string
	number, size              int
}

func (s *Space) serveRecords(w http.ResponseWriter, r *http.Request) {
	topic := r.PathValue("topic")
	if !slices.Contains(topics[:], topic) {
		fail(w, http.StatusNotFound, "No such resource")
		return
	}
	params := r.URL.Query()
	q, err := ask(params)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	if q.size == 0 || q.size > s.config.PageSize {
		q.size = s.config.PageSize
	}
	now := s.config.Now()
	if s.unavailable(q, now) {
		fail(w, StatusUnavailable, "Data is unavailable")
		return
	}
	data, more := s.page(topic, q, now)
	answer := map[string]any{"data": data, "next_page_path": nil}
	if more {
		params.Set(numberParam, strconv.Itoa(q.number+1))
		answer["next_page_path"] = "/api/v0/" + topic + "?" + params.Encode()
	}
	reply(w, http.StatusOK, answer)
}

// ask reads the parameters. AppFolio wants a filter.
func ask(params url.Values) (q question, err error) {
	filters := 0
	for name, values := range params {
		value := values[0]
		if strings.HasPrefix(name, "filters[") {
			filters++
		}
		switch name {
		case sinceParam:
			q.since, err = time.Parse(time.RFC3339, value)
		case idParam:
			q.ids = strings.Split(value, ",")
		case propertyParam:
			q.properties = strings.Split(value, ",")
		case statusParam:
			q.statuses = strings.Split(value, ",")
		case numberParam:
			q.number, err = strconv.Atoi(value)
		case sizeParam:
			q.size, err = strconv.Atoi(value)
		default:
			return q, fmt.Errorf("%.100q is no parameter", name)
		}
		if err != nil || q.number < 0 || q.size < 0 {
			return q, fmt.Errorf("%s is not usable", name)
		}
	}
	if filters == 0 {
		return q, fmt.Errorf("at least one filter is required")
	}
	q.number = max(1, q.number)
	return q, nil
}

// unavailable reports whether records are closed now, or the question reaches
// too far back.
func (s *Space) unavailable(q question, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	closed := !now.Before(s.closedFrom) && now.Before(s.closedTo)
	tooWide := s.config.MaxWindow > 0 && !q.since.IsZero() && now.Sub(q.since) > s.config.MaxWindow
	return closed || tooWide
}

// page is a window over the records that match. Destroyed ones keep their place
// in it, so that nothing slips from one page to the one before, and every second
// window is half as wide: that a page is short does not say that it is the last.
func (s *Space) page(topic string, q question, now time.Time) (data []fields, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from, to := window(q.number, q.size)
	data = []fields{} // never null
	place := 0
	for _, r := range s.books.shelves[topic].records {
		v, known := r.at(now)
		if !known || !q.matches(r.id, v) {
			continue
		}
		if place >= to {
			return data, true
		}
		if place >= from && !v.gone {
			data = append(data, v.value)
		}
		place++
	}
	return data, false
}

func window(number, size int) (from, to int) {
	half := (size + 1) / 2
	from = (number-1)/2*(size+half) + (1-number%2)*size
	if number%2 == 0 {
		return from, from + half
	}
	return from, from + size
}

func (q question) matches(id string, v version[fields]) bool {
	among := func(wanted []string, name string) bool {
		value, _ := v.value[name].(string)
		return wanted == nil || slices.Contains(wanted, value)
	}
	return !v.changed.Before(q.since) && (q.ids == nil || slices.Contains(q.ids, id)) &&
		among(q.properties, "PropertyId") && among(q.statuses, "Status")
}

// Maintain closes the Database API from one time of the sandbox's clock to
// another, as AppFolio does at night.
func (s *Space) Maintain(from, to time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closedFrom, s.closedTo = from, to
}

// fail answers as AppFolio's APIs do where they refuse.
func fail(w http.ResponseWriter, status int, message string) {
	reply(w, status, map[string]string{"code": strconv.Itoa(status), "message": message})
}
