package main

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
)

// runAsProgram makes the test binary behave as rentbelld, so that tests have
// real processes to talk to and to kill.
const runAsProgram = "RENTBELLD_TEST_RUN"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const webhookSecret = "whsec_of_the_process_tests"

// patience is how long a test waits for what must come. Others use the disk meanwhile.
const patience = time.Minute

// process is a running rentbelld.
type process struct {
	cmd    *exec.Cmd
	out    *lines
	err    *lines
	exited chan struct{} // closed when it has ended; then state is set
	state  *os.ProcessState
}

// lines collects what a process prints.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
	more chan struct{} // capacity 1: a nudge
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.more <- struct{}{}:
	default:
	}
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// start runs rentbelld with nothing in its environment but env.
func start(t testing.TB, env []string, args ...string) *process {
	t.Helper()
	p := &process{out: &lines{more: make(chan struct{}, 1)}}
	p.startTo(t, p.out, env, args...)
	return p
}

// startTo is start with another place for what the process prints.
func (p *process) startTo(t testing.TB, out io.Writer, env []string, args ...string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd, p.exited, p.err = exec.Command(program, args...), make(chan struct{}), &lines{more: make(chan struct{}, 1)}
	p.cmd.Env = append([]string{runAsProgram + "=1", "HOME=" + os.Getenv("HOME"), "PATH=" + os.Getenv("PATH"), "GORACE=" + os.Getenv("GORACE")}, env...)
	p.cmd.Stdout, p.cmd.Stderr = out, p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // state says how it ended
		p.state = p.cmd.ProcessState
		close(p.exited)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // it may have ended
		<-p.exited
		if t.Failed() {
			t.Logf("%v\nstdout: %v\nstderr: %s", args, out, p.err)
		}
	})
}

// waitFor waits until l matches pattern and returns its first group.
func (p *process) waitFor(t testing.TB, l *lines, pattern string) string {
	t.Helper()
	return p.waitUpTo(t, patience, l, pattern)
}

func (p *process) waitUpTo(t testing.TB, most time.Duration, l *lines, pattern string) string {
	t.Helper()
	deadline := time.After(most)
	expr := regexp.MustCompile(pattern)
	ended := p.exited
	for {
		if m := expr.FindStringSubmatch(l.String()); m != nil {
			return m[len(m)-1]
		}
		select {
		case <-l.more:
		case <-ended:
			ended = nil // all is printed; one more look
			select {
			case l.more <- struct{}{}:
			default:
			}
		case <-deadline:
			t.Fatalf("no %q in\n%s\n%s", pattern, p.out, p.err)
		}
	}
}

// wait waits for the end and returns the exit code.
func (p *process) wait(t testing.TB, most time.Duration) int {
	t.Helper()
	select {
	case <-p.exited:
		return p.state.ExitCode()
	case <-time.After(most):
		_ = p.cmd.Process.Signal(syscall.SIGQUIT) // Go prints what it waits for
		<-p.exited
		t.Fatalf("still running after %v", most)
	}
	return 0
}

// stop ends it as an init system does and expects exit code 0.
func (p *process) stop(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := p.wait(t, 10*time.Second); code != 0 {
		t.Fatalf("exit code %d after SIGTERM\n%s", code, p.err)
	}
}

// serveOn starts a receiver on loopback and returns it with its address.
func serveOn(t testing.TB, dir string, more ...string) (*process, string) {
	t.Helper()
	p := start(t, []string{launch.EnvWebhookSecret + "=" + webhookSecret},
		append([]string{"serve", "--data", dir, "--listen", "127.0.0.1:0"}, more...)...)
	return p, p.waitFor(t, p.err, `address=(http://\S+)`)
}

func sign(body string) string {
	mac := hmac.New(sha256.New, []byte(webhookSecret))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}

// deliver posts one delivery and returns its status and body, or the error of a
// receiver that has gone.
func deliver(ctx context.Context, client *http.Client, address, body string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address+core.WebhookPath, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("X-AppFolio-Signature", sign(body))
	resp, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	answer, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(answer), errors.Join(err, resp.Body.Close())
}

func mustDeliver(t testing.TB, address string, bodies ...string) {
	t.Helper()
	for _, body := range bodies {
		if status, answer, err := deliver(t.Context(), http.DefaultClient, address, body); err != nil || status != http.StatusOK {
			t.Fatalf("delivery: %d %s %v", status, answer, err)
		}
	}
}

func rent(id, at string, cents int) string {
	return fmt.Sprintf(`{"id":%q,"type":"payment.received","created_at":%q,"data":{"lease_id":"20931","amount_cents":%d,"payment_method":"eCheck"}}`, id, at, cents)
}

// command runs a command that ends by itself.
func command(t testing.TB, args ...string) (code int, out, errs string) {
	t.Helper()
	p := start(t, nil, args...)
	code = p.wait(t, patience)
	return code, p.out.String(), p.err.String()
}

func countLines(s string) int {
	n := 0
	for scanner := bufio.NewScanner(strings.NewReader(s)); scanner.Scan(); {
		n++
	}
	return n
}
