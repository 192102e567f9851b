package tunnel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"golang.ngrok.com/ngrok/v2"

	"rentbell/core"
)

// diagnosisTime bounds a diagnosis.
const diagnosisTime = 10 * time.Second

// Diagnose implements core.Tunnel. It takes ten seconds at most and needs no
// authtoken: it does not sign in.
func (n Ngrok) Diagnose(ctx context.Context, o core.TunnelOptions) (core.Line, error) {
	ctx, cancel := context.WithTimeout(ctx, diagnosisTime)
	defer cancel()
	diagnoser, err := n.newDiagnoser(o)
	if err != nil {
		return core.Line{}, &core.TunnelError{Refused: true, Err: err}
	}
	result, err := diagnoser.Diagnose(ctx, "")
	if err != nil {
		return core.Line{}, atStep(ctx, err, o.Authtoken)
	}
	return core.Line{Region: result.Region, Latency: result.Latency}, nil
}

func (n Ngrok) newDiagnoser(o core.TunnelOptions) (ngrok.Diagnoser, error) {
	options, err := agentOptions(o)
	if err != nil {
		return nil, err
	}
	dial, err := n.way(o.Proxy)
	if err != nil {
		return nil, err
	}
	agent, err := ngrok.NewAgent(append(options, ngrok.WithDialer(&once{dial}))...)
	if err != nil {
		return nil, err
	}
	diagnoser, ok := agent.(ngrok.Diagnoser)
	if !ok {
		return nil, fmt.Errorf("diagnose: %w", errors.ErrUnsupported)
	}
	return diagnoser, nil
}

// atStep says how far the diagnosis came.
func atStep(ctx context.Context, err error, token core.Secret) *core.TunnelError {
	var step core.Step
	switch {
	case ngrok.IsTCPDiagnoseFailure(err):
		step = core.StepTCP
	case ngrok.IsTLSDiagnoseFailure(err):
		step = core.StepTLS
	case ngrok.IsMuxadoDiagnoseFailure(err):
		step = core.StepMuxado
	}
	if inner := errors.Unwrap(err); step != "" && inner != nil {
		err = inner // the SDK's own wrapping names the step again
	}
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		err = fmt.Errorf("%w: %w", ended, err) // the SDK only sees that the line was cut
	}
	why := explain(err, token)
	why.Step = step
	return why
}

// once makes a single attempt, so that a diagnosis fails where the way ends.
type once struct{ dial dialFunc }

// DialContext implements ngrok.Dialer.
func (o *once) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return o.dial(ctx, network, address)
}

// Dial implements ngrok.Dialer, as dialer's does.
func (o *once) Dial(string, string) (net.Conn, error) { return nil, errors.ErrUnsupported }
