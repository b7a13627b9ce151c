using MacvtapTools.Failures;
using MacvtapTools.Interop;
using static MacvtapTools.Netlink.NetlinkConstants;

namespace MacvtapTools.Netlink;

/// <summary>A message that answers a request.</summary>
/// <param name="request">Which request of the exchange it answers, from 0.</param>
/// <param name="type">The message type.</param>
/// <param name="body">What follows the netlink header.</param>
internal delegate void ReplyHandler(int request, ushort type, ReadOnlySpan<byte> body);

/// <summary>
/// Requests and their answers on one channel: sequence numbers, acknowledgements, dumps and their retries. It knows no family of messages.
/// Not for two threads at once.
/// </summary>
internal sealed class NetlinkConversation(IDatagramChannel channel) : IDisposable
{
    /// <summary>How often an interrupted dump is asked for before its data is returned as it is.</summary>
    internal const int DumpAttempts = 5;

    /// <summary>How many acknowledgements may be under way: more could overrun a small receive buffer.</summary>
    internal const int MostRequestsPerSend = 100;

    private readonly RequestBuffer _requests = new();
    private RequestOutcome[] _outcomes = new RequestOutcome[4];
    private bool[] _answered = new bool[4];

    /// <summary>What is composed so far.</summary>
    internal RequestBuffer Requests => _requests;

    /// <summary>An empty buffer to compose the next requests in. Every request of <see cref="Exchange"/> needs NLM_F_ACK.</summary>
    internal RequestBuffer Compose()
    {
        _requests.Clear();
        return _requests;
    }

    /// <summary>Sends what was composed and waits until every request is answered.</summary>
    /// <param name="onReply">Takes the messages that come before the acknowledgements (replies and echoes).</param>
    /// <returns>One outcome for each request, in order; valid until the next exchange.</returns>
    /// <exception cref="KernelException">Sending failed; or messages were lost, so that the outcome is not known (ENOBUFS).</exception>
    /// <exception cref="MacvtapException">No answer in time.</exception>
    internal ReadOnlySpan<RequestOutcome> Exchange(ReplyHandler? onReply = null)
    {
        int count = _requests.Count;
        if (_outcomes.Length < count)
        {
            _outcomes = new RequestOutcome[count];
            _answered = new bool[count];
        }

        _answered.AsSpan(0, count).Clear();
        channel.Send(_requests.Bytes);
        int waiting = count;
        while (waiting > 0)
        {
            MessageReader messages = ReceiveFromKernel();
            while (messages.MoveNext())
            {
                MessageHeader header = messages.Header;
                uint request = header.Sequence - _requests.FirstSequence;
                if (header.PortId != channel.PortId || request >= (uint)count) continue;
                if (header.Type == NLMSG_ERROR || header.Type == NLMSG_DONE)
                {
                    if (_answered[request]) continue;
                    _answered[request] = true;
                    _outcomes[request] = header.Type == NLMSG_ERROR ? RequestOutcome.FromError(header.Flags, messages.Body) : RequestOutcome.FromDone(header.Flags, messages.Body);
                    waiting--;
                }
                else if (header.Type > NLMSG_OVERRUN)
                {
                    onReply?.Invoke((int)request, header.Type, messages.Body);
                }
            }

            if (messages.IsMalformed) throw Malformed();
        }

        return _outcomes.AsSpan(0, count);
    }

    /// <summary>
    /// Asks for a dump and reads it to its end. A dump that was interrupted (the kernel's list changed meanwhile) or lost messages is asked
    /// for again, up to <see cref="DumpAttempts"/> times; so is one that the kernel refused because an earlier one was not read to its end.
    /// </summary>
    /// <param name="compose">Writes the one request.</param>
    /// <param name="onStart">Called before each attempt: forget what the one before gave.</param>
    /// <param name="onMessage">Takes each message.</param>
    /// <param name="operation">What is asked, for the error text.</param>
    internal DumpOutcome Dump(Action<RequestBuffer> compose, Action onStart, ReplyHandler onMessage, string operation)
    {
        for (int attempt = 1; ; attempt++)
        {
            onStart();
            compose(Compose());
            channel.Send(_requests.Bytes);
            bool interrupted;
            try
            {
                interrupted = ReadDump(onMessage, operation);
            }
            catch (KernelException lost) when (lost.Errno is Errno.ENOBUFS or Errno.EBUSY && attempt < DumpAttempts)
            {
                continue;
            }

            if (!interrupted || attempt == DumpAttempts) return new DumpOutcome(attempt, interrupted);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    /// <returns>Whether the kernel marked any part, or only the end, as interrupted.</returns>
    private bool ReadDump(ReplyHandler onMessage, string operation)
    {
        bool interrupted = false;
        NetlinkException? busy = null;
        while (true)
        {
            MessageReader messages = ReceiveFromKernel();
            while (messages.MoveNext())
            {
                MessageHeader header = messages.Header;
                if (header.PortId != channel.PortId) continue;
                if (header.Sequence != _requests.FirstSequence)
                {
                    if (busy is not null && header.Type == NLMSG_DONE) throw busy;
                    continue;
                }

                interrupted |= (header.Flags & NLM_F_DUMP_INTR) != 0;
                switch (header.Type)
                {
                    case NLMSG_DONE:
                        RequestOutcome.FromDone(header.Flags, messages.Body).ThrowIfFailed(operation);
                        return interrupted;
                    case NLMSG_ERROR:
                        RequestOutcome outcome = RequestOutcome.FromError(header.Flags, messages.Body);

                        // A socket has one dump at a time (__netlink_dump_start), and one before was given up half way: read that one to its end first.
                        if (outcome.Errno == Errno.EBUSY)
                        {
                            busy = outcome.ToException(operation);
                            break;
                        }

                        outcome.ThrowIfFailed(operation);
                        return interrupted;
                    case > NLMSG_OVERRUN:
                        onMessage(0, header.Type, messages.Body);
                        break;
                }
            }

            if (messages.IsMalformed) throw Malformed();
        }
    }

    private MessageReader ReceiveFromKernel()
    {
        while (true)
        {
            ReadOnlySpan<byte> datagram;
            uint sender;
            try
            {
                datagram = channel.Receive(out sender);
            }
            catch (KernelException late) when (late.Errno == Errno.EAGAIN)
            {
                throw new MacvtapException(FailureId.NetlinkTimeout, "The kernel did not answer in time.", "Another program may hold the kernel's network lock (many links being deleted, for example). Whether a change was made is not known: look with Get-Link, then try again.", inner: late);
            }

            // Any process may send to a netlink socket's port; only what comes from the kernel is an answer.
            if (sender == 0) return new MessageReader(datagram);
        }
    }

    private static MacvtapException Malformed() =>
        new(FailureId.NetlinkProtocolError, "The kernel's answer has a length that cannot be.", "This is a defect of the kernel or of this module: please report it, with the kernel's version.");
}
