/* LD_PRELOAD for servers that can't be told where to listen: bind() to all addresses becomes bind() to loopback. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

int bind(int fd, const struct sockaddr *address, socklen_t length) {
    static int (*real)(int, const struct sockaddr *, socklen_t);
    struct sockaddr_storage own;
    if (!real) real = dlsym(RTLD_NEXT, "bind");
    memcpy(&own, address, length < sizeof own ? length : sizeof own);
    if (own.ss_family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *)&own;
        if (in->sin_addr.s_addr == htonl(INADDR_ANY)) in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    } else if (own.ss_family == AF_INET6) {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&own;
        if (IN6_IS_ADDR_UNSPECIFIED(&in6->sin6_addr)) in6->sin6_addr = in6addr_loopback;
    }
    return real(fd, (struct sockaddr *)&own, length);
}
