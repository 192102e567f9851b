// Package remote lets other processes of the same user ask the one that holds the
// store: read events and payments, show the window, check the connection, back up.
// They speak HTTP over the control channel, which is a socket in the data directory,
// and on Windows a named pipe. What fails midway never looks complete.
package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"rentbell/core"
)

// Server answers on the control channel for the process that holds the store, so
// that other processes of the same user can read meanwhile:
//
//	GET  /v1/about       who answers: a JSON object like About
//	GET  /v1/events      the lines of `rentbelld events --json`
//	GET  /v1/quarantine  the lines of `rentbelld events --quarantine --json`
//	GET  /v1/payments    ?from=&to=&whole=&renames=: payments between two times, in
//	                     seconds since 1970, for the caller to export; with the names
//	                     in force, or those after so many changes of names
//	GET  /v1/exports     the exports that are remembered, as a JSON array
//	POST /v1/exports     ?format=, with Upgrade: rentbell-claim: the right to make the next
//	                     export, which lasts as long as the connection
//	GET  /v1/names       ?kind=: names that the user gave, as rentbelld exports them
//	POST /v1/import      ?file=&layout=&dry=: takes a table, by a core.Layout in JSON, and
//	                     answers with how much is new, as a JSON object like core.Taken
//	GET  /v1/layouts     what people chose for tables: a JSON array of core.Layout
//	POST /v1/layouts     ?layout=: remembers one of them
//	GET  /v1/radar       what is expected, as a JSON object, and then the events of leases
//	                     and work orders, one a line
//	POST /v1/notice      ?lease=&on=: whether notice was served on a lease
//	POST /v1/account     the account that exported statements are of, as a JSON object;
//	                     it is made when there is none
//	POST /v1/invite      a code for one more desk of the office, as a line
//	GET  /v1/desks       the desks of the office: a JSON array of office.Desk
//	POST /v1/revoke      ?name=: removes a desk, and says whether there was one, as a JSON
//	                     object
//	POST /v1/show        brings the window up; 409 where there is none
//	POST /v1/quit        ends the window and its process; 409 where there is none. The
//	                     connection stays open until the process has gone
//	POST /v1/doctor      a health check, as the JSON object that Doctor writes
//	POST /v1/backup      ?file=: writes a backup to that absolute path; a line now and
//	                     then while it goes on
//
// An answer that fails midway breaks the connection off, so it never looks complete.
type Server struct {
	Reader  core.Reader
	Program string       // e.g. "rentbelld"
	Show    func() error // brings the window up; nil: there is none
	// Quit ends the process. held must stay open until then: who asked waits for it
	// to break. nil: there is no window to end.
	Quit func(held net.Conn)
	// Doctor checks the health of the connection and writes the result.
	Doctor func(context.Context, io.Writer) error
	// Backup copies everything into the file at an absolute path.
	Backup   func(ctx context.Context, path string, progress func(done, total int)) error
	Names    Names      // nil: there are none
	Tables   Tables     // nil: none are taken in
	Radar    Radar      // nil: there is none
	Calendar Calendar   // nil: there is none
	Months   MonthSheet // nil: there is none
	Exports  Exports    // nil: there are none
	Office   Office     // nil: there is none
	Log      *slog.Logger
}

// About says who answers on a socket.
type About struct {
	PID     int    `json:"pid"`
	Program string `json:"program"`
}

const (
	// controlRequests is how many requests are answered at a time; one more gets
	// 503. Nobody but the owner can ask.
	controlRequests = 16

	// controlReadTime bounds the reading of a request. Nothing bounds the
	// answer: it may go to a pager.
	controlReadTime = 5 * time.Second

	maxControlHeader = 16 << 10
)

// Serve answers on l until ctx ends, then breaks off what is going on, closes l
// and returns once no request uses the Reader any more.
func (c Server) Serve(ctx context.Context, l net.Listener) error {
	slots := make(chan struct{}, controlRequests) // one for each request being answered
	server := &http.Server{
		Handler:           limitRequests(slots, c.routes()),
		ReadHeaderTimeout: controlReadTime,
		MaxHeaderBytes:    maxControlHeader,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          slog.NewLogLogger(c.Log.Handler(), slog.LevelWarn),
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() }) // what it closes has nothing left to say
	defer stop()
	err := server.Serve(l)
	_ = server.Close() // as above
	for range cap(slots) {
		slots <- struct{}{}
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// limitRequests lets as many requests through as there are slots.
func limitRequests(slots chan struct{}, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
			next.ServeHTTP(w, r)
		default:
			http.Error(w, "too many requests at a time", http.StatusServiceUnavailable)
		}
	})
}

func (c Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/about", c.about)
	mux.HandleFunc("GET /v1/events", c.events)
	mux.HandleFunc("GET /v1/quarantine", c.quarantine)
	mux.HandleFunc("GET /v1/payments", c.payments)
	if c.Names != nil {
		mux.HandleFunc("GET /v1/names", c.writeNames)
	}
	if c.Tables != nil {
		mux.HandleFunc("POST /v1/import", c.importTable)
		mux.HandleFunc("GET /v1/layouts", c.layouts)
		mux.HandleFunc("POST /v1/layouts", c.keepLayout)
	}
	if c.Radar != nil {
		mux.HandleFunc("GET /v1/radar", c.radar)
		mux.HandleFunc("POST /v1/notice", c.setNotice)
	}
	if c.Calendar != nil {
		mux.HandleFunc("POST /v1/calendar", c.calendar)
	}
	if c.Exports != nil {
		mux.HandleFunc("POST /v1/account", c.account)
		mux.HandleFunc("GET /v1/exports", c.pastExports)
		mux.HandleFunc("POST /v1/exports", c.claimExport)
	}
	if c.Months != nil {
		mux.HandleFunc("GET /v1/month", c.month)
	}
	if c.Office != nil {
		mux.HandleFunc("POST /v1/invite", c.invite)
		mux.HandleFunc("GET /v1/desks", c.desks)
		mux.HandleFunc("POST /v1/revoke", c.revoke)
	}
	mux.HandleFunc("POST /v1/show", c.show)
	mux.HandleFunc("POST /v1/quit", c.quit)
	mux.HandleFunc("POST /v1/doctor", c.doctor)
	mux.HandleFunc("POST /v1/backup", c.backup)
	return mux
}

func (c Server) about(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(About{os.Getpid(), c.Program}) // a caller that has gone needs no answer
}

func (c Server) show(w http.ResponseWriter, _ *http.Request) {
	if c.Show == nil {
		http.Error(w, core.ErrNoWindow.Error(), http.StatusConflict)
		return
	}
	if err := c.Show(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (c Server) quit(w http.ResponseWriter, _ *http.Request) {
	if c.Quit == nil {
		http.Error(w, core.ErrNoWindow.Error(), http.StatusConflict)
		return
	}
	held, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = io.WriteString(held, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n") // a caller that has gone wanted the same
	c.Quit(held)
}

func (c Server) doctor(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	c.stream(w, r, func(out io.Writer) error { return c.Doctor(r.Context(), out) })
}

// lifeSign is how often an answer that takes its time shows that it goes on. It is
// well within idleTime, and late enough that most errors are still told in words.
const lifeSign = 20 * time.Second

func (c Server) backup(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Query().Get("file")
	if !filepath.IsAbs(path) {
		http.Error(w, "no absolute path: our directory is not yours", http.StatusBadRequest)
		return
	}
	shown := time.Now()
	c.stream(w, r, func(out io.Writer) error {
		return c.Backup(r.Context(), path, func(done, total int) {
			if time.Since(shown) < lifeSign {
				return
			}
			shown = time.Now()
			_, _ = fmt.Fprintln(out, done, total)     // who asked may have gone; the copy hears of it by its ctx
			_ = http.NewResponseController(w).Flush() // as above
		})
	})
}

func (c Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	c.stream(w, r, func(out io.Writer) error { return WriteEvents(r.Context(), out, c.Reader) })
}

func (c Server) quarantine(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	c.stream(w, r, func(out io.Writer) error { return WriteQuarantine(r.Context(), out, c.Reader) })
}

// stream sends what write writes. An error before the first byte is told in
// words; later the connection is broken off, or a part would look like the whole.
func (c Server) stream(w http.ResponseWriter, r *http.Request, write func(io.Writer) error) {
	out := &startedWriter{w: w}
	err := write(out)
	if err == nil {
		return
	}
	if r.Context().Err() == nil {
		c.Log.Warn("answer another process", "path", r.URL.Path, "err", err)
	}
	if out.started {
		panic(http.ErrAbortHandler) // net/http's own way to end a body as broken
	}
	http.Error(w, err.Error(), http.StatusInternalServerError)
}

// startedWriter notes whether anything was written.
type startedWriter struct {
	w       io.Writer
	started bool
}

func (s *startedWriter) Write(b []byte) (int, error) {
	s.started = true
	return s.w.Write(b)
}
