//go:build linux

package main_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// webhookSecret signs the deliveries of these tests. It must never come back
// out of the app.
const webhookSecret = "whsec_e2e_4fJ9sQ2mX7vB"

// runAsProgram in the environment makes the test binary behave as rentbell.
const runAsProgram = "RENTBELL_TEST_RUN"

// app is a running Rentbell.
type app struct {
	cmd     *exec.Cmd
	log     *logBuffer
	status  chan int // its exit status, once
	address string   // where it listens: "http://127.0.0.1:4000"

	temporary string // its directory for temporary files
}

// logBuffer collects what a process prints and may be read meanwhile.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// start runs the app on a desktop, set up by its environment and listening on a
// loopback port.
func start(t *testing.T, d *desktop, program string, args ...string) *app {
	t.Helper()
	listen := freeAddress(t)
	a := launch(t, d, []string{"APPFOLIO_WEBHOOK_SECRET=" + webhookSecret}, append([]string{program, "--listen", listen}, args...))
	a.address = "http://" + listen
	return a
}

// run runs the app on a desktop as somebody does who has set up nothing.
func run(t *testing.T, d *desktop, program string, args ...string) *app {
	t.Helper()
	return launch(t, d, nil, append([]string{program}, args...))
}

// launch starts a command. When the test ends it is killed if it still runs.
func launch(t *testing.T, d *desktop, environment, command []string) *app {
	t.Helper()
	a := &app{log: new(logBuffer), status: make(chan int, 1), temporary: t.TempDir()}
	a.cmd = exec.CommandContext(t.Context(), command[0], command[1:]...)
	a.cmd.Env = d.environment(t, append(environment, "TMPDIR="+a.temporary)...)
	a.cmd.Stdout, a.cmd.Stderr = a.log, a.log
	a.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	a.cmd.WaitDelay = 5 * time.Second
	if err := a.cmd.Start(); err != nil {
		t.Fatalf("start the app: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		err := a.cmd.Wait()
		if failed := new(exec.ExitError); err != nil && !errors.As(err, &failed) {
			a.log.Write([]byte(err.Error()))
		}
		a.status <- a.cmd.ProcessState.ExitCode()
	}()
	t.Cleanup(func() {
		<-ended
		a.checkLog(t)
	})
	return a
}

// stay lets the app run for a time. It fails the test if the app ends before.
func (a *app) stay(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case status := <-a.status:
		t.Fatalf("the app ended with status %d", status)
	case <-time.After(d):
	}
}

// checkLog looks for what must never be printed.
func (a *app) checkLog(t *testing.T) {
	text := a.log.String()
	for what, trace := range map[string]string{
		"the webhook secret":       webhookSecret,
		"a panic":                  "panic:",
		"a call on a wrong thread": "Error in Fyne call thread",
	} {
		if strings.Contains(text, trace) {
			t.Errorf("the app printed %s", what)
		}
	}
	for _, race := range ownRaces(text) {
		t.Errorf("the app has a data race:\n%s", race)
	}
	if t.Failed() {
		t.Logf("the app printed:\n%s", text)
	}
}

// freeAddress finds a loopback address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// awaitListening returns once the app answers its address.
func (a *app) awaitListening(t *testing.T) {
	t.Helper()
	eventually(t, "the app listens", func() error {
		response, err := http.Get(a.address + "/")
		if err != nil {
			return err
		}
		return response.Body.Close()
	})
}

// deliver sends a body as AppFolio would and returns what came back.
func (a *app) deliver(t *testing.T, secret, body string) (status int, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.address+"/webhooks/appfolio", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	request.Header.Set("X-AppFolio-Signature", hex.EncodeToString(mac.Sum(nil)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("deliver: %v", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("read the answer: %v", err)
	}
	return response.StatusCode, strings.TrimSpace(string(text))
}

// exits waits for the app to end and checks its status.
func (a *app) exits(t *testing.T, want int) {
	t.Helper()
	stuck := time.AfterFunc(patience/2, func() { _ = a.cmd.Process.Signal(syscall.SIGQUIT) }) // its log then says where
	defer stuck.Stop()
	if got := take(t, "exit of the app", a.status); got != want {
		t.Errorf("the app exits with %d, want %d", got, want)
	}
}

func (a *app) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := a.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}
